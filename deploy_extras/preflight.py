"""What is looked at before anything is changed."""

import importlib.util
import sys
from dataclasses import dataclass

from botocore.exceptions import BotoCoreError, ClientError

from deploy_extras.cloud import Cloud
from deploy_extras.errors import DeployError

# Of an account's concurrent executions, how many a chat of a few hundred people needs at its worst moments.
COMFORTABLE_CONCURRENCY = 100
_LAMBDA_PYTHON = ((3, 11), (3, 14))


@dataclass(frozen=True, slots=True)
class Network:
    """Where the trainer's instance goes."""

    vpc: str
    subnet: str


def check_tools() -> None:
    """Refuse where this machine cannot make the package.

    Raises
    ------
    DeployError
        This Python is none that Lambda runs, or Chalice is missing.
    """
    version = sys.version_info[:2]
    if not _LAMBDA_PYTHON[0] <= version <= _LAMBDA_PYTHON[1]:
        first, last = (".".join(map(str, v)) for v in _LAMBDA_PYTHON)
        raise DeployError(
            f"This is Python {version[0]}.{version[1]}, which decides what Lambda runs: "
            f"use {first} to {last}."
        )
    if importlib.util.find_spec("chalice") is None:
        raise DeployError("Chalice is not installed here: run `make setup`.")


def concurrency_warning(cloud: Cloud) -> str | None:
    """Return what to say where the account allows few functions at once; None where all is well."""
    try:
        limits = cloud.client("lambda").get_account_settings()["AccountLimit"]
    except (BotoCoreError, ClientError) as error:
        return (
            f"The Lambda limits of this account cannot be read ({error}); 10 at once is too few for a chat."
        )
    allowed = int(limits["ConcurrentExecutions"])
    if allowed >= COMFORTABLE_CONCURRENCY:
        return None
    return (
        f"This account runs at most {allowed} Lambda functions at once in {cloud.region}. More frames "
        "than that at a time are throttled, and clients retry. Ask for 1,000, which costs nothing: Service "
        "Quotas, Lambda, `Concurrent executions`. Nothing reserves concurrency, so deploying works."
    )


def default_network(cloud: Cloud) -> Network | None:
    """Return a subnet of the default VPC, or None where the account has none."""
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
