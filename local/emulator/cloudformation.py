"""Create the tables and buckets of a template in an emulator, or update them, through its CloudFormation."""

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from local.emulator.template import load_template, storage_part, time_to_live
from local.errors import StackError
from local.lambdas.variables import CREDENTIALS

_DONE = ("CREATE_COMPLETE", "UPDATE_COMPLETE")
_TIMEOUT_SECONDS = 60.0


def apply_template(
    path: Path, parameters: Mapping[str, str], *, stack: str, url: str, region: str
) -> dict[str, str]:
    """Bring the emulator's CloudFormation stack up to date; return its outputs.

    Raises
    ------
    StackError
        The template or a parameter is wrong, or the emulator refused a resource; the message says why.
    """
    template = load_template(path)
    unknown = parameters.keys() - template.get("Parameters", {}).keys()
    if unknown:
        known = ", ".join(sorted(template.get("Parameters", {}))) or "none"
        raise StackError(f"{path} has no parameter {', '.join(sorted(unknown))}; it has: {known}")
    part = storage_part(template)
    if not part["Resources"] and not part.get("Outputs"):
        return {}
    cloudformation = _client("cloudformation", url, region)
    arguments = {
        "StackName": stack,
        "TemplateBody": json.dumps(part),
        "Parameters": [{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
    }
    try:
        _create_or_update(cloudformation, arguments)
        outputs = _wait(cloudformation, stack, path)
        _apply_time_to_live(cloudformation, part, stack, url, region)
    except ClientError as error:
        message = error.response["Error"]["Message"]
        raise StackError(f"The emulator refuses {path}: {message}") from error
    return outputs


def _client(service: str, url: str, region: str) -> Any:
    return boto3.client(
        service,
        endpoint_url=url,
        region_name=region,
        aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
        config=Config(retries={"max_attempts": 2}, connect_timeout=5, read_timeout=30),
    )


def _create_or_update(cloudformation: Any, arguments: dict[str, Any]) -> None:
    try:
        status = _describe(cloudformation, arguments["StackName"])["StackStatus"]
    except ClientError:
        status = None
    if status is not None and status not in _DONE:
        # An earlier attempt failed half-way; CloudFormation, too, demands that it be deleted first. What the
        # template says to retain stays.
        cloudformation.delete_stack(StackName=arguments["StackName"])
        status = None
    if status is None:
        cloudformation.create_stack(**arguments)
        return
    try:
        cloudformation.update_stack(**arguments)
    except ClientError as error:
        if "No updates are to be performed" not in error.response["Error"]["Message"]:
            raise


def _describe(cloudformation: Any, stack: str) -> dict[str, Any]:
    found: dict[str, Any] = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
    return found


def _wait(cloudformation: Any, stack: str, path: Path) -> dict[str, str]:
    deadline = time.monotonic() + _TIMEOUT_SECONDS
    while time.monotonic() < deadline:
        description = _describe(cloudformation, stack)
        status = description["StackStatus"]
        if status in _DONE:
            return {each["OutputKey"]: each["OutputValue"] for each in description.get("Outputs", [])}
        if not status.endswith("_IN_PROGRESS"):
            reason = description.get("StackStatusReason") or _failures(cloudformation, stack)
            raise StackError(
                f"The emulator could not make the tables and buckets of {path}: {status}: {reason}"
            )
        time.sleep(0.05)
    raise StackError(
        f"The emulator did not make the tables and buckets of {path} within {_TIMEOUT_SECONDS:g} s"
    )


def _failures(cloudformation: Any, stack: str) -> str:
    events = cloudformation.describe_stack_events(StackName=stack)["StackEvents"]
    reasons = [
        f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason', 'no reason given')}"
        for event in events
        if event["ResourceStatus"].endswith("_FAILED")
    ]
    return "; ".join(reasons) or "no reason given"


def _apply_time_to_live(cloudformation: Any, part: dict[str, Any], stack: str, url: str, region: str) -> None:
    """Set what MiniStack's CloudFormation leaves out, from the same template, through DynamoDB's own API."""
    dynamodb = _client("dynamodb", url, region)
    for logical_id, wanted in time_to_live(part).items():
        resource = cloudformation.describe_stack_resource(StackName=stack, LogicalResourceId=logical_id)
        table = resource["StackResourceDetail"]["PhysicalResourceId"]
        current = dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
        enabled = current.get("TimeToLiveStatus") in ("ENABLED", "ENABLING")
        if not enabled or current.get("AttributeName") != wanted["AttributeName"]:
            dynamodb.update_time_to_live(TableName=table, TimeToLiveSpecification=wanted)
