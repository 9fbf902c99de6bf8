"""The CloudFormation stack: a change set is created, printed, then executed."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from deploy_extras.cloud import Cloud
from deploy_extras.console import say
from deploy_extras.errors import DeployError
from deploy_extras.protection import unprotect

_POLL_SECONDS = 3.0
_TIMEOUT_SECONDS = 45 * 60.0
_NOTHING = ("didn't contain changes", "No updates are to be performed")
# The creation failed, or a deletion did: CloudFormation accepts nothing but a deletion.
_UNUSABLE = ("ROLLBACK_COMPLETE", "REVIEW_IN_PROGRESS", "CREATE_FAILED", "ROLLBACK_FAILED", "DELETE_FAILED")
_HALFWAY = "UPDATE_ROLLBACK_FAILED"
_TABLE = "AWS::DynamoDB::Table"
_KEPT = ("DELETE_SKIPPED", "DELETE_COMPLETE")
_REMEDIES = {
    "ROLLBACK_FAILED": ". Remove what stands in the way and run the command again: it deletes what is left "
    "and begins anew.",
    _HALFWAY: ". Mend what the reasons name and run the command again: it continues the rollback. A resource "
    "that cannot be mended is left out with `aws cloudformation continue-update-rollback --stack-name {name} "
    "--resources-to-skip RESOURCE`.",
}


@dataclass(frozen=True, slots=True)
class Stack:
    """A stack as it is: its status, outputs and parameters."""

    status: str
    outputs: dict[str, str]
    parameters: dict[str, str]


class Stacks:
    """The stacks of an account: find, create or update, delete."""

    def __init__(self, cloud: Cloud, poll_seconds: float = _POLL_SECONDS) -> None:
        self._cloud = cloud
        self._client = cloud.client("cloudformation")
        self._poll_seconds = poll_seconds

    def find(self, name: str) -> Stack | None:
        """Return a stack, or None if it does not exist."""
        try:
            found = self._client.describe_stacks(StackName=name)["Stacks"][0]
        except ClientError as error:
            if "does not exist" in str(error):
                return None
            raise
        return Stack(
            found["StackStatus"],
            {o["OutputKey"]: o["OutputValue"] for o in found.get("Outputs", [])},
            {p["ParameterKey"]: p.get("ParameterValue", "") for p in found.get("Parameters", [])},
        )

    def apply(self, name: str, template: str, parameters: Mapping[str, str | None]) -> Stack:
        """Create or update a stack, print the changes first, and return the stack.

        A parameter whose value is None keeps its present value.

        Raises
        ------
        DeployError
            CloudFormation refused or rolled back; the message gives its reasons.
        """
        present = self.usable(name)
        known = present.parameters.keys() if present else set()
        given = [
            {"ParameterKey": key, "ParameterValue": value}
            if value is not None
            else {"ParameterKey": key, "UsePreviousValue": True}
            for key, value in parameters.items()
            if value is not None or key in known
        ]
        change_set = f"undertone-{time.time_ns()}"
        self._client.create_change_set(
            StackName=name,
            ChangeSetName=change_set,
            ChangeSetType="UPDATE" if present else "CREATE",
            TemplateBody=template,
            Parameters=given,
            Capabilities=["CAPABILITY_NAMED_IAM"],
        )
        changes = self._planned(name, change_set)
        if not changes:
            self._client.delete_change_set(StackName=name, ChangeSetName=change_set)
            say("nothing to change in the stack")
        else:
            for line in changes:
                say(f"  {line}")
            self._client.execute_change_set(StackName=name, ChangeSetName=change_set)
            self._wait(name)
        return self._existing(name)

    def import_resources(self, name: str, template: str, stage: str, resources: list[dict[str, Any]]) -> None:
        """Create a stack from resources that exist already.

        A stack that is created without them fails: it would create resources of the same names.
        """
        change_set = f"undertone-{time.time_ns()}"
        self._client.create_change_set(
            StackName=name,
            ChangeSetName=change_set,
            ChangeSetType="IMPORT",
            ResourcesToImport=resources,
            TemplateBody=template,
            Parameters=[{"ParameterKey": "Stage", "ParameterValue": stage}],
        )
        for line in self._planned(name, change_set):
            say(f"  {line}")
        self._client.execute_change_set(StackName=name, ChangeSetName=change_set)
        self._wait(name)

    def delete(self, name: str) -> None:
        """Delete a stack and wait until it is gone."""
        found = self._client.describe_stacks(StackName=name)["Stacks"][0]
        self._client.delete_stack(StackName=name)
        # By its id: a deleted stack can no longer be found by name.
        deadline = time.monotonic() + _TIMEOUT_SECONDS
        while time.monotonic() < deadline:
            stack = self.find(found["StackId"])
            if stack is None or stack.status == "DELETE_COMPLETE":
                return
            if stack.status == "DELETE_FAILED":
                raise DeployError(
                    f"The stack {name} could not be deleted: {self._reasons(found['StackId'])}. Remove what "
                    "stands in the way, or the resources themselves, and run the command again."
                )
            time.sleep(self._poll_seconds)
        raise DeployError(f"The stack {name} is still being deleted; run the command again later.")

    def usable(self, name: str) -> Stack | None:
        """Return a stack that can be updated, or None.

        One whose creation failed is removed. One whose update failed and could not be rolled back either
        is rolled back again, for the cause may be gone.

        Raises
        ------
        DeployError
            The stack can be neither removed nor rolled back; the message says what to do.
        """
        stack = self.find(name)
        if stack is not None and _is_busy(stack.status):
            say(f"the stack is busy ({stack.status}): waiting")
            stack = self._settled(name)
        if stack is not None and stack.status in _UNUSABLE:
            say(f"the stack is {stack.status}: removing what is left of it")
            self._unprotect(name)
            self.delete(name)
            stack = None
        if stack is not None and stack.status == _HALFWAY:
            say(f"the stack is {stack.status}: rolling it back again")
            self._client.continue_update_rollback(StackName=name)
            self._wait(name, "UPDATE_ROLLBACK_COMPLETE")
            stack = self._existing(name)
        return stack

    def _unprotect(self, name: str) -> None:
        """Let the tables of a stack be deleted, except those that it leaves behind."""
        pages = self._client.get_paginator("list_stack_resources").paginate(StackName=name)
        for resource in [r for page in pages for r in page["StackResourceSummaries"]]:
            if resource["ResourceType"] == _TABLE and resource["ResourceStatus"] not in _KEPT:
                unprotect(self._cloud, resource["PhysicalResourceId"])

    def _existing(self, name: str) -> Stack:
        stack = self.find(name)
        if stack is None:
            raise DeployError(f"The stack {name} was deleted by someone else meanwhile.")
        return stack

    def _planned(self, name: str, change_set: str) -> list[str]:
        deadline = time.monotonic() + _TIMEOUT_SECONDS
        while time.monotonic() < deadline:
            found = self._client.describe_change_set(StackName=name, ChangeSetName=change_set)
            if found["Status"] == "CREATE_COMPLETE":
                return [_change(each["ResourceChange"]) for each in found.get("Changes", [])]
            if found["Status"] == "FAILED":
                reason = found.get("StatusReason", "no reason given")
                if any(text in reason for text in _NOTHING):
                    return []
                raise DeployError(f"CloudFormation refuses the template: {reason}")
            time.sleep(self._poll_seconds)
        raise DeployError(f"CloudFormation did not plan the stack {name} in time; run the command again.")

    def _wait(self, name: str, *also: str) -> None:
        """Wait until the stack is complete; `also` are states that are good after this operation."""
        stack = self._settled(name)
        if stack is None:
            raise DeployError(f"The stack {name} was deleted by someone else meanwhile.")
        if stack.status not in ("CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE", *also):
            remedy = _REMEDIES.get(stack.status, "").format(name=name)
            raise DeployError(f"The stack {name} is {stack.status}: {self._reasons(name)}{remedy}")

    def _settled(self, name: str) -> Stack | None:
        """Return the stack once nothing happens to it any more, or None once it is gone."""
        deadline = time.monotonic() + _TIMEOUT_SECONDS
        while time.monotonic() < deadline:
            stack = self.find(name)
            if stack is None or not _is_busy(stack.status):
                return stack
            time.sleep(self._poll_seconds)
        raise DeployError(f"The stack {name} is still busy; run the command again later.")

    def _reasons(self, name: str) -> str:
        events = self._client.describe_stack_events(StackName=name)["StackEvents"]
        failed = [e for e in events if e["ResourceStatus"].endswith("_FAILED")]
        lines = [f"{e['LogicalResourceId']}: {e.get('ResourceStatusReason', 'no reason')}" for e in failed]
        each = dict.fromkeys(line.rstrip(".") for line in lines)
        return "; ".join(each) or "CloudFormation gives no reason"


def _is_busy(status: str) -> bool:
    # A change set that was never executed leaves a stack in review: nothing happens to it.
    return status.endswith("_IN_PROGRESS") and status != "REVIEW_IN_PROGRESS"


def _change(change: Mapping[str, Any]) -> str:
    replaced = " (replaced)" if change.get("Replacement") == "True" else ""
    return f"{change['Action'].lower():7} {change['LogicalResourceId']} {change['ResourceType']}{replaced}"
