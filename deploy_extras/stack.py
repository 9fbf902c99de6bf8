"""The CloudFormation stack: a change set is created, printed, then executed."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from deploy_extras.cloud import Cloud
from deploy_extras.console import say
from deploy_extras.errors import DeployError

_POLL_SECONDS = 3.0
_TIMEOUT_SECONDS = 45 * 60.0
_NOTHING = ("didn't contain changes", "No updates are to be performed")
_UNUSABLE = ("ROLLBACK_COMPLETE", "REVIEW_IN_PROGRESS", "CREATE_FAILED", "ROLLBACK_FAILED", "DELETE_FAILED")


@dataclass(frozen=True, slots=True)
class Stack:
    """A stack as it is: its status, outputs and parameters."""

    status: str
    outputs: dict[str, str]
    parameters: dict[str, str]


class Stacks:
    """The stacks of an account: find, create or update, delete."""

    def __init__(self, cloud: Cloud, poll_seconds: float = _POLL_SECONDS) -> None:
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
                raise DeployError(f"The stack {name} could not be deleted: {self._reasons(found['StackId'])}")
            time.sleep(self._poll_seconds)
        raise DeployError(f"The stack {name} is still being deleted; run the command again later.")

    def usable(self, name: str) -> Stack | None:
        """Return a stack that can be updated, or None; remove one whose creation failed."""
        stack = self.find(name)
        if stack is not None and stack.status.endswith("_IN_PROGRESS") and stack.status not in _UNUSABLE:
            say(f"the stack is busy ({stack.status}): waiting")
            self._wait(name)
            stack = self._existing(name)
        if stack is not None and stack.status in _UNUSABLE:
            # Its creation failed: CloudFormation now accepts nothing but a deletion.
            say(f"the stack is {stack.status}: removing what is left of it")
            self.delete(name)
            stack = None
        return stack

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

    def _wait(self, name: str) -> None:
        deadline = time.monotonic() + _TIMEOUT_SECONDS
        while time.monotonic() < deadline:
            status = self._existing(name).status
            if status in ("CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE"):
                return
            if not status.endswith("_IN_PROGRESS"):
                raise DeployError(f"The stack {name} is {status}: {self._reasons(name)}")
            time.sleep(self._poll_seconds)
        raise DeployError(f"The stack {name} is still busy; run the command again later.")

    def _reasons(self, name: str) -> str:
        events = self._client.describe_stack_events(StackName=name)["StackEvents"]
        failed = [e for e in events if e["ResourceStatus"].endswith("_FAILED")]
        lines = [f"{e['LogicalResourceId']}: {e.get('ResourceStatusReason', 'no reason')}" for e in failed]
        return "; ".join(dict.fromkeys(lines)) or "CloudFormation gives no reason"


def _change(change: Mapping[str, Any]) -> str:
    replaced = " (replaced)" if change.get("Replacement") == "True" else ""
    return f"{change['Action'].lower():7} {change['LogicalResourceId']} {change['ResourceType']}{replaced}"
