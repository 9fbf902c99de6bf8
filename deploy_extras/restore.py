"""Brings the messages back as they were at some time, in a table of their own that the stage then uses.

DynamoDB restores into a new table, and forgets on the way what the stack had set: the expiry of items,
further recovery, the protection and the alarms. The table that was used until then stays as it is.
"""

from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import ClientError

from deploy_extras import names
from deploy_extras.cloud import Cloud, error_code, stored
from deploy_extras.console import say, step
from deploy_extras.errors import DeployError
from deploy_extras.stack import Stacks

_NOTE = "deployment/messages-table"
_POLL_SECONDS, _POLLS = 15, 24 * 60 * 4  # a restore takes minutes, or hours for a very large table
_TTL = {"AttributeName": "expires", "Enabled": True}


def moment(text: str) -> datetime:
    """Return a time such as `2026-11-29T12:00Z`.

    Raises
    ------
    DeployError
        It is none, or its zone is missing.
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise DeployError(f"{text!r} is no time with its zone: write it like 2026-11-29T12:00Z.")
    return found.astimezone(UTC)


def table(stage: str, at: datetime) -> str:
    """Return the name of the table with the messages of a time: repeating a restore finds it again."""
    return f"{names.stack(stage)}-messages-{at:%Y%m%dT%H%M%SZ}"


def restore(cloud: Cloud, stage: str, at: datetime, stacks: Stacks | None = None) -> str:
    """Restore the messages of a stage, with all that a table of the stack has; return the table's name.

    The next deployment with the parameter ``RestoredTable`` lets the stage use it.

    Raises
    ------
    DeployError
        There is no stage, or DynamoDB cannot go back to that time.
    """
    stack = (stacks or Stacks(cloud)).find(names.stack(stage))
    if stack is None:
        raise DeployError(f"There is no stage {stage} in {cloud.region}: deploy it first.")
    source, target = stack.outputs["MessagesTable"], table(stage, at)
    client = cloud.client("dynamodb")
    step(f"{source} as of {at:%Y-%m-%d %H:%M:%S} UTC")
    if _describe(client, target) is None:
        try:
            client.restore_table_to_point_in_time(
                SourceTableName=source, TargetTableName=target, RestoreDateTime=at
            )
        except ClientError as error:
            raise DeployError(f"DynamoDB cannot restore {source} as of {at.isoformat()}: {error}") from error
    say(f"waiting for {target}, which takes minutes ...")
    client.get_waiter("table_exists").wait(
        TableName=target, WaiterConfig={"Delay": _POLL_SECONDS, "MaxAttempts": _POLLS}
    )
    _set_up(client, source, target)
    note(cloud, stage, target)
    return target


def note(cloud: Cloud, stage: str, name: str) -> None:
    """Remember the table beside the data that outlive the stack."""
    bucket = names.models_bucket(stage, cloud.account)
    cloud.client("s3").put_object(Bucket=bucket, Key=_NOTE, Body=name.encode())


def noted(cloud: Cloud, stage: str) -> str:
    """Return the table that was restored last; empty if none was."""
    body = stored(cloud.client("s3"), names.models_bucket(stage, cloud.account), _NOTE)
    return "" if body is None else body.decode()


def restored_tables(cloud: Cloud, stage: str) -> list[str]:
    """Return the names of all tables that restores of a stage have made."""
    prefix = f"{names.stack(stage)}-messages-"
    pages = cloud.client("dynamodb").get_paginator("list_tables").paginate()
    return [name for page in pages for name in page["TableNames"] if name.startswith(prefix)]


def _set_up(client: Any, source: str, target: str) -> None:
    """Give a restored table what a restore leaves out."""
    present = client.describe_time_to_live(TableName=target)["TimeToLiveDescription"]
    if present.get("TimeToLiveStatus") not in ("ENABLED", "ENABLING"):
        client.update_time_to_live(TableName=target, TimeToLiveSpecification=_TTL)
    client.update_continuous_backups(
        TableName=target, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
    )
    protected = bool((_describe(client, source) or {}).get("DeletionProtectionEnabled"))
    if protected != bool((_describe(client, target) or {}).get("DeletionProtectionEnabled")):
        client.update_table(TableName=target, DeletionProtectionEnabled=protected)


def _describe(client: Any, name: str) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = client.describe_table(TableName=name)["Table"]
    except ClientError as error:
        if error_code(error) == "ResourceNotFoundException":
            return None
        raise
    return found
