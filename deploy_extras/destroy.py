"""Removes a stage; messages, files and models are kept unless their deletion is requested."""

from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from deploy_extras import home, names, restore
from deploy_extras.application import Application
from deploy_extras.cloud import Cloud, error_code
from deploy_extras.confirm import Confirmation
from deploy_extras.console import say, step
from deploy_extras.protection import unprotect
from deploy_extras.record import Record
from deploy_extras.stack import Stacks
from deploy_extras.trainer_stack import TrainerStack

_TABLE = "messages"


def destroy(
    cloud: Cloud,
    stage: str,
    *,
    data: bool,
    confirmation: Confirmation,
    workspace: Path,
    stacks: Stacks | None = None,
) -> None:
    """Remove a stage, with `data` also its messages, files and models.

    `prod` and data are removed only if that is confirmed.

    Raises
    ------
    DeployError
        The stage is in another region, its removal was not confirmed, or AWS refused something.
    """
    stacks = stacks or Stacks(cloud)
    bucket = names.models_bucket(stage, cloud.account)
    home.refuse_elsewhere(cloud, stage)
    if not home.is_here(cloud, stage, stacks):
        say(f"There is nothing of the stage {stage} in account {cloud.account}, region {cloud.region}.")
        return
    stack = stacks.find(names.stack(stage))
    _announce(cloud, stage, data=data)
    if data:
        confirmation.require("delete all messages, files and models permanently")
    elif stage == "prod":
        confirmation.require("take the chat down")
    step("Functions and APIs")
    Application(cloud, stage, Record(cloud, bucket), workspace).delete()
    _delete_logs(cloud, stage)
    step("Trainer")
    TrainerStack(cloud, stage, stacks).remove()
    step("Tables, buckets and site")
    if stack is None:
        say("there is no stack")
    else:
        unprotect(cloud, f"{names.stack(stage)}-connections")
        _empty(cloud, stack.outputs.get("SiteBucket", names.site_bucket(stage, cloud.account)))
        stacks.delete(names.stack(stage))
    if data:
        step("Data")
        unprotect(cloud, f"{names.stack(stage)}-{_TABLE}")
        _delete_table(cloud, f"{names.stack(stage)}-{_TABLE}")
        for name in restore.restored_tables(cloud, stage):
            unprotect(cloud, name)
            _delete_table(cloud, name)
        # The one with the record last: it says that there was a stage.
        for name in (names.files_bucket(stage, cloud.account), bucket):
            _empty(cloud, name)
            if home.bucket_region(cloud, name):
                cloud.client("s3").delete_bucket(Bucket=name)
    else:
        say(
            f"kept: the table {names.stack(stage)}-{_TABLE} and the buckets {bucket} and "
            f"{names.files_bucket(stage, cloud.account)}; a new deployment reuses them"
        )
    say(f"\nUndertone {stage} is gone from {cloud.region}")


def _announce(cloud: Cloud, stage: str, *, data: bool) -> None:
    say(f"Stage {stage} in account {cloud.account}, region {cloud.region} is removed:")
    say(
        "  functions, roles, APIs and their logs; site, CloudFront, alarms, trainer, the table of connections"
    )
    say(
        "  and all MESSAGES, FILES and MODELS"
        if data
        else "  messages, files and models stay (DATA=delete removes them too)"
    )


def _delete_logs(cloud: Cloud, stage: str) -> None:
    """Delete the log groups of the functions, which Chalice leaves behind."""
    logs = cloud.client("logs")
    for function in names.FUNCTIONS:
        if function == "api_handler":
            continue  # its log group belongs to the stack
        try:
            logs.delete_log_group(logGroupName=f"/aws/lambda/{names.function(stage, function)}")
        except ClientError as error:
            if error_code(error) != "ResourceNotFoundException":
                raise


def _delete_table(cloud: Cloud, table: str) -> None:
    try:
        cloud.client("dynamodb").delete_table(TableName=table)
    except ClientError as error:
        if error_code(error) != "ResourceNotFoundException":
            raise


def _empty(cloud: Cloud, bucket: str) -> None:
    """Delete every object and all of its versions."""
    if not home.bucket_region(cloud, bucket):
        return
    s3 = cloud.client("s3")
    for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
        found: list[Any] = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
        objects = [{"Key": each["Key"], "VersionId": each["VersionId"]} for each in found]
        if objects:
            s3.delete_objects(Bucket=bucket, Delete={"Objects": objects, "Quiet": True})
