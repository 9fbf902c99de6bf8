"""Checks before anything is changed."""

import importlib.util
import sys
from dataclasses import dataclass

from botocore.exceptions import BotoCoreError, ClientError

from deploy_extras.cloud import Cloud
from deploy_extras.errors import DeployError
from deploy_extras.target import PYTHONS

# Concurrent executions that a chat of a few hundred people needs at its peaks.
COMFORTABLE_CONCURRENCY = 100


@dataclass(frozen=True, slots=True)
class Network:
    """The network of the trainer's instance."""

    vpc: str
    subnet: str


def check_tools() -> None:
    """Check that this machine can make the package.

    Raises
    ------
    DeployError
        This Python is none that Lambda runs, or Chalice is missing.
    """
    version = sys.version_info[:2]
    if version not in PYTHONS:
        first, last = (".".join(map(str, v)) for v in (PYTHONS[0], PYTHONS[-1]))
        raise DeployError(
            f"This is Python {version[0]}.{version[1]}, and Lambda would run the same version: "
            f"use {first} to {last}."
        )
    if importlib.util.find_spec("chalice") is None:
        raise DeployError("Chalice is not installed here: run `make setup`.")


def concurrency_warning(cloud: Cloud) -> str | None:
    """Return a warning if the account allows few concurrent executions, else None."""
    try:
        limits = cloud.client("lambda").get_account_settings()["AccountLimit"]
    except (BotoCoreError, ClientError) as error:
        return (
            f"The Lambda limits of this account cannot be read ({error}): "
            "10 concurrent executions, as new accounts have, are too few for a chat."
        )
    allowed = int(limits["ConcurrentExecutions"])
    if allowed >= COMFORTABLE_CONCURRENCY:
        return None
    return (
        f"This account runs at most {allowed} Lambda functions at once in {cloud.region}. Further frames "
        "are throttled, and clients retry. Request 1,000, which costs nothing: Service Quotas, Lambda, "
        "`Concurrent executions`. The deployment works without it, for nothing reserves concurrency."
    )


def network(cloud: Cloud, instance_type: str, subnet: str | None) -> Network:
    """Return the network of a given subnet, or else of one of the default VPC, for this type of instance.

    Raises
    ------
    DeployError
        There is no such subnet, or no zone of it offers the type; the message names those that do.
    """
    zones = _zones_with(cloud, instance_type)
    found = _subnets(cloud, subnet)
    usable = sorted((each["SubnetId"], each["VpcId"]) for each in found if each["AvailabilityZone"] in zones)
    if not usable:
        where = f"the subnet {subnet} is" if subnet else "the subnets of the default VPC are"
        raise DeployError(
            f"EC2 has no {instance_type} where {where} ({_zones(found)}). "
            f"It has some in {', '.join(sorted(zones)) or 'no zone of this region'}: set SUBNET=subnet-… "
            "to a subnet there, or another TrainerInstanceType in PARAMETERS."
        )
    return Network(usable[0][1], usable[0][0])


def _zones_with(cloud: Cloud, instance_type: str) -> set[str]:
    pages = (
        cloud.client("ec2")
        .get_paginator("describe_instance_type_offerings")
        .paginate(
            LocationType="availability-zone", Filters=[{"Name": "instance-type", "Values": [instance_type]}]
        )
    )
    return {each["Location"] for page in pages for each in page["InstanceTypeOfferings"]}


def _subnets(cloud: Cloud, subnet: str | None) -> list[dict[str, str]]:
    ec2 = cloud.client("ec2")
    if subnet:
        try:
            return list(ec2.describe_subnets(SubnetIds=[subnet])["Subnets"])
        except ClientError as error:
            raise DeployError(f"The subnet {subnet} is not in {cloud.region}: {error}") from error
    vpcs = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"]
    if not vpcs:
        raise DeployError(
            "This region has no default VPC: set SUBNET=subnet-… to a subnet with a route to the internet."
        )
    found = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpcs[0]["VpcId"]]}])["Subnets"]
    return [each for each in found if each.get("MapPublicIpOnLaunch", True)]


def _zones(subnets: list[dict[str, str]]) -> str:
    return ", ".join(sorted({each["AvailabilityZone"] for each in subnets})) or "there are none"
