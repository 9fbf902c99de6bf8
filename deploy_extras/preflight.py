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


def default_network(cloud: Cloud) -> Network | None:
    """Return a subnet of the default VPC, or None if the account has none."""
    ec2 = cloud.client("ec2")
    vpcs = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"]
    if not vpcs:
        return None
    vpc = vpcs[0]["VpcId"]
    subnets = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["Subnets"]
    public = sorted(s["SubnetId"] for s in subnets if s.get("MapPublicIpOnLaunch", True))
    return Network(vpc, public[0]) if public else None


def network_of(cloud: Cloud, subnet: str) -> Network:
    """Return the network of a chosen subnet.

    Raises
    ------
    DeployError
        There is no such subnet.
    """
    try:
        found = cloud.client("ec2").describe_subnets(SubnetIds=[subnet])["Subnets"]
    except ClientError as error:
        raise DeployError(f"The subnet {subnet} is not in {cloud.region}: {error}") from error
    return Network(found[0]["VpcId"], subnet)
