"""The trainer's own stack, which comes last: the chat does not need it, and nothing waits for it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from deploy_extras import bundle, names, preflight, template
from deploy_extras.cloud import Cloud, error_code
from deploy_extras.console import say
from deploy_extras.errors import DeployError
from deploy_extras.stack import Stack, Stacks

# Parameters of trainer.yaml that a deployment may be given, and keeps.
CHOSEN = ("TrainerSchedule", "TrainerAlarmHours", "TrainerInstanceType", "TrainOnPrivate")
_GONE = ("terminated", "shutting-down")


class TrainerStack:
    """The launch template, the schedule and the alarm of the trainer of one stage."""

    def __init__(self, cloud: Cloud, stage: str, stacks: Stacks) -> None:
        self._cloud = cloud
        self._stage = stage
        self._stacks = stacks
        self._name = names.trainer_stack(stage)

    def deploy(
        self, main: Stack, chosen: Mapping[str, str | None], subnet: str | None, workspace: Path
    ) -> None:
        """Create or update the trainer of a stage whose main stack exists.

        Raises
        ------
        DeployError
            There is no network or no zone for it, or CloudFormation refused.
        """
        before = self._stacks.find(self._name)
        known = before.parameters if before else {}
        kind = chosen.get("TrainerInstanceType") or known.get("TrainerInstanceType") or self._default_type()
        network = preflight.network(self._cloud, kind, subnet or known.get("TrainerSubnet"))
        archive = bundle.pack(
            bundle.download(bundle.REQUIREMENTS, workspace / "wheels"), bundle.SOURCES, bundle.corpora()
        )
        bucket = main.outputs["ModelsBucket"]
        made = bundle.publish(self._cloud, bucket, archive)
        self.apply(main, chosen, network, made)
        expired = bundle.expire(self._cloud, bucket, made.key)
        if expired:
            say(f"old bundles of the trainer that were deleted: {expired}")

    def apply(
        self,
        main: Stack,
        chosen: Mapping[str, str | None],
        network: preflight.Network,
        made: bundle.Bundle,
    ) -> Stack:
        """Create or update the stack, whose instances will train with this bundle in this network."""
        return self._stacks.apply(
            self._name,
            template.body(template.TRAINER),
            {
                "Stage": self._stage,
                "ModelsBucket": main.outputs["ModelsBucket"],
                "MessagesTable": main.outputs["MessagesTable"],
                "AlarmTopic": main.outputs["AlarmTopic"],
                "TrainerBundle": made.key,
                "TrainerBundleSha256": made.sha256,
                "TrainerVpc": network.vpc,
                "TrainerSubnet": network.subnet,
                **{name: chosen.get(name) for name in CHOSEN},
            },
        )

    def remove(self) -> None:
        """Delete the stack, if there is one, and end a training that is under way."""
        if self._stacks.find(self._name) is None:
            return
        running = [each["InstanceId"] for each in self.instances()]
        if running:
            # Its security group could not be deleted.
            ec2 = self._cloud.client("ec2")
            ec2.terminate_instances(InstanceIds=running)
            ec2.get_waiter("instance_terminated").wait(InstanceIds=running)
        self._stacks.delete(self._name)

    def run(self) -> str:
        """Start a training now, as the schedule would; return the instance's id.

        Raises
        ------
        DeployError
            There is no trainer, or EC2 started none.
        """
        if self._stacks.find(self._name) is None:
            raise DeployError(f"The stage {self._stage} has no trainer: deploy it with TRAINER=yes.")
        try:
            started = self._cloud.client("ec2").run_instances(
                LaunchTemplate={"LaunchTemplateName": self._name, "Version": "$Latest"},
                MinCount=1,
                MaxCount=1,
            )
        except ClientError as error:
            raise DeployError(f"EC2 starts no trainer: {error}") from error
        return str(started["Instances"][0]["InstanceId"])

    def describe(self) -> str | None:
        """Return what there is of the trainer in a sentence; None if there is nothing."""
        stack = self._stacks.find(self._name)
        if stack is None:
            return None
        running = [f"{i['InstanceId']} since {i['LaunchTime']:%Y-%m-%d %H:%M} UTC" for i in self.instances()]
        return f"{stack.status}, {'training on ' + ', '.join(running) if running else 'not training now'}"

    def instances(self) -> list[dict[str, Any]]:
        """Return the instances that are training now."""
        wanted = [{"Name": "tag:Name", "Values": [self._name]}]
        pages = self._cloud.client("ec2").get_paginator("describe_instances").paginate(Filters=wanted)
        found = [each for page in pages for r in page["Reservations"] for each in r["Instances"]]
        return [each for each in found if each["State"]["Name"] not in _GONE]

    @staticmethod
    def _default_type() -> str:
        return str(template.load(template.TRAINER)["Parameters"]["TrainerInstanceType"]["Default"])


def try_to_deploy(
    trainer: TrainerStack,
    main: Stack,
    chosen: Mapping[str, str | None],
    subnet: str | None,
    workspace: Path,
) -> None:
    """Deploy the trainer, and say why it could not be: the chat is complete without it."""
    try:
        trainer.deploy(main, chosen, subnet, workspace)
    except DeployError as error:
        reason = str(error)
    except ClientError as error:
        reason = f"AWS refused ({error_code(error)}): {error}"
    except BotoCoreError as error:
        reason = f"AWS could not be asked: {error}"
    else:
        return
    say(f"Warning: the chat is deployed, its trainer is not. {reason}")
    say("Models stay as they are. Deploy again to try again; with TRAINER=no it is not tried.")
