"""The account, region and clients that a command works with."""

import os
from dataclasses import dataclass, field
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, UnknownRegionError

from deploy_extras.errors import DeployError

PARTITION = "aws"
_CONFIG = Config(connect_timeout=10, read_timeout=60, retries={"mode": "standard", "total_max_attempts": 5})


@dataclass
class Cloud:
    """An AWS session in one region; boto3 reads the endpoints of emulators from the environment."""

    session: Any
    region: str
    account: str = ""
    _clients: dict[str, Any] = field(default_factory=dict)

    def client(self, service: str) -> Any:
        """Return the client of a service, which is created once."""
        if service not in self._clients:
            self._clients[service] = self.session.client(service, region_name=self.region, config=_CONFIG)
        return self._clients[service]

    def environment(self) -> dict[str, str]:
        """Return the environment variables that give a program the same account and region."""
        found = self.session.get_credentials().get_frozen_credentials()
        # Static copies: a profile with a prompt or a role is asked for its keys once.
        keys = {"AWS_ACCESS_KEY_ID": found.access_key, "AWS_SECRET_ACCESS_KEY": found.secret_key}
        if found.token:
            keys["AWS_SESSION_TOKEN"] = found.token
        inherited = {k: v for k, v in os.environ.items() if k not in ("AWS_PROFILE", "AWS_SESSION_TOKEN")}
        return inherited | keys | {"AWS_DEFAULT_REGION": self.region, "AWS_REGION": self.region}


def connect(region: str | None) -> Cloud:
    """Connect with the credentials that boto3 finds.

    Raises
    ------
    DeployError
        There are no credentials or no region, the region is not one of the partition `aws` (as in China), or
        AWS rejects the credentials.
    """
    try:
        session = boto3.Session(region_name=region or None)
        chosen = session.region_name
        if not chosen:
            raise DeployError("No region is set: set REGION=eu-central-1 or AWS_DEFAULT_REGION.")
        partition = session.get_partition_for_region(chosen)
        if partition != PARTITION:
            raise DeployError(
                f"The region {chosen} belongs to the partition {partition}, and Undertone's policies name "
                f"resources of the partition {PARTITION}: choose a region of that, such as eu-central-1."
            )
        if session.get_credentials() is None:
            raise DeployError(
                "There are no AWS credentials: run `aws configure` or `aws sso login`, or set AWS_PROFILE."
            )
        cloud = Cloud(session, chosen)
        cloud.account = cloud.client("sts").get_caller_identity()["Account"]
    except UnknownRegionError as error:
        raise DeployError(f"There is no region {chosen!r}: set REGION=eu-central-1, for example.") from error
    except (BotoCoreError, ClientError) as error:
        raise DeployError(f"AWS rejects these credentials: {error}") from error
    return cloud


def stored(s3: Any, bucket: str, key: str) -> bytes | None:
    """Return what a bucket has under a key; None if it has nothing there, or does not exist yet."""
    try:
        body: bytes = s3.get_object(Bucket=bucket, Key=key)["Body"].read()
    except ClientError as error:
        if error_code(error) in ("NoSuchKey", "NoSuchBucket", "404"):
            return None
        raise
    return body


def error_code(error: ClientError) -> str:
    """Return AWS's code for an error, such as `NoSuchKey`."""
    return str(error.response["Error"]["Code"])
