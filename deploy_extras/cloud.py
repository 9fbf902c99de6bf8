"""The account, region and clients that a command works with."""

import os
from dataclasses import dataclass, field
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from deploy_extras.errors import DeployError

_CONFIG = Config(connect_timeout=10, read_timeout=60, retries={"mode": "standard", "total_max_attempts": 5})


@dataclass
class Cloud:
    """A session of AWS in one region; tests give an endpoint by environment, as boto3 reads it."""

    session: Any
    region: str
    account: str = ""
    _clients: dict[str, Any] = field(default_factory=dict)

    def client(self, service: str) -> Any:
        """Return the client of a service, made once."""
        if service not in self._clients:
            self._clients[service] = self.session.client(service, region_name=self.region, config=_CONFIG)
        return self._clients[service]

    def environment(self) -> dict[str, str]:
        """Return the environment of a program that shall work with the same account and region."""
        found = self.session.get_credentials().get_frozen_credentials()
        # Static copies, so that a profile with a prompt or a role asks once.
        keys = {"AWS_ACCESS_KEY_ID": found.access_key, "AWS_SECRET_ACCESS_KEY": found.secret_key}
        if found.token:
            keys["AWS_SESSION_TOKEN"] = found.token
        inherited = {k: v for k, v in os.environ.items() if k not in ("AWS_PROFILE", "AWS_SESSION_TOKEN")}
        return inherited | keys | {"AWS_DEFAULT_REGION": self.region, "AWS_REGION": self.region}


def connect(region: str | None) -> Cloud:
    """Return the cloud of the credentials at hand.

    Raises
    ------
    DeployError
        There are no credentials or no region, or AWS refuses them.
    """
    try:
        session = boto3.Session(region_name=region or None)
        chosen = session.region_name
        if not chosen:
            raise DeployError("No region is set: say REGION=eu-central-1, or set AWS_DEFAULT_REGION.")
        if session.get_credentials() is None:
            raise DeployError(
                "There are no AWS credentials: run `aws configure` or `aws sso login`, or set AWS_PROFILE."
            )
        cloud = Cloud(session, chosen)
        cloud.account = cloud.client("sts").get_caller_identity()["Account"]
    except (BotoCoreError, ClientError) as error:
        raise DeployError(f"AWS does not accept the credentials at hand: {error}") from error
    return cloud


def code(error: ClientError) -> str:
    """Return AWS's name for an error."""
    return str(error.response["Error"]["Code"])
