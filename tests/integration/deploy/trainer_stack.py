"""A stage with a trainer, created by CloudFormation on MiniStack, as seen from outside its instance."""

import base64
import json
from dataclasses import dataclass, field

from deploy_extras import bundle, preflight, template
from deploy_extras.cloud import Cloud
from deploy_extras.stack import Stack, Stacks
from deploy_extras.trainer_stack import TrainerStack
from tests.integration.deploy import emulators

NAME = "undertone-dev"
PARAMETERS: dict[str, str | None] = {"Stage": "dev", "AlarmEmail": "ops@example.org"}
BUNDLE = bundle.Bundle("trainer/bundles/x.tar", "0" * 64)


@dataclass
class TrainerStage:
    """The stage with its buckets and tables, its trainer, and what the instance reports."""

    cloud: Cloud
    stacks: Stacks = field(init=False)
    trainer: TrainerStack = field(init=False)
    bucket: str = ""
    table: str = ""

    def __post_init__(self) -> None:
        self.stacks = Stacks(self.cloud, poll_seconds=0.1)
        self.trainer = TrainerStack(self.cloud, "dev", self.stacks)

    @classmethod
    def create(cls, cloud: Cloud) -> "TrainerStage":
        """Empty the account and create the stage as a deployment does before it comes to the trainer."""
        emulators.reset_ministack(cloud.client("s3").meta.endpoint_url)
        made = cls(cloud)
        stack = made.main()
        made.bucket, made.table = stack.outputs["ModelsBucket"], stack.outputs["MessagesTable"]
        return made

    def main(self, **parameters: str | None) -> Stack:
        """Create or update the stack of the stage."""
        return self.stacks.apply(NAME, template.body(), PARAMETERS | parameters)

    def apply(self, made: bundle.Bundle = BUNDLE, **chosen: str | None) -> Stack:
        """Create or update the trainer's stack."""
        # MiniStack does not know which zones offer a type; `preflight.network` is tested with moto.
        subnet = self.cloud.client("ec2").describe_subnets()["Subnets"][0]
        network = preflight.Network(subnet["VpcId"], subnet["SubnetId"])
        main = self.stacks.find(NAME)
        assert main is not None
        return self.trainer.apply(main, chosen, network, made)

    def set_bundle(self, archive: bytes, sha256: str | None = None) -> None:
        """Upload a bundle and update the stack with it, with its own hash or a given one."""
        made = bundle.publish(self.cloud, self.bucket, archive)
        self.apply(bundle.Bundle(made.key, sha256 or made.sha256))

    def user_data(self) -> str:
        """Return the user data of the launch template, as CloudFormation rendered it."""
        [found] = self.cloud.client("ec2").describe_launch_template_versions(
            LaunchTemplateName="undertone-dev-trainer", Versions=["$Latest"]
        )["LaunchTemplateVersions"]
        return base64.b64decode(found["LaunchTemplateData"]["UserData"]).decode()

    def failed(self) -> bool | None:
        """Return what the metric of the alarm says; None if it has no data."""
        found = self.cloud.client("cloudwatch").get_metric_statistics(
            Namespace="Undertone",
            MetricName="TrainerFailed",
            Dimensions=[{"Name": "Stage", "Value": "dev"}],
            StartTime="2020-01-01T00:00:00Z",
            EndTime="2100-01-01T00:00:00Z",
            Period=3600,
            Statistics=["Maximum"],
        )
        values = [point["Maximum"] for point in found["Datapoints"]]
        return max(values) > 0 if values else None

    def logs(self) -> list[str]:
        """Return the logs in the bucket, the oldest first."""
        s3 = self.cloud.client("s3")
        found = s3.list_objects_v2(Bucket=self.bucket, Prefix="trainer/logs/").get("Contents", [])
        return [s3.get_object(Bucket=self.bucket, Key=o["Key"])["Body"].read().decode() for o in found]

    def environment(self) -> dict[str, str]:
        """Return the environment variables of the instance: the emulator and the credentials of its role.

        Two things are replaced because of MiniStack: it has no TLS, which the bucket policy requires, and
        it cannot evaluate the condition on the namespace of a metric.
        """
        self.cloud.client("s3").delete_bucket_policy(Bucket=self.bucket)
        iam = self.cloud.client("iam")
        role = iam.get_role(RoleName=f"{NAME}-trainer")["Role"]
        policy = iam.get_role_policy(RoleName=role["RoleName"], PolicyName="trainer")["PolicyDocument"]
        for statement in policy["Statement"]:
            if statement.get("Condition") == {"StringEquals": {"cloudwatch:namespace": "Undertone"}}:
                del statement["Condition"]
        iam.put_role_policy(
            RoleName=role["RoleName"], PolicyName="trainer", PolicyDocument=json.dumps(policy)
        )
        trust = {"Effect": "Allow", "Principal": {"AWS": emulators.ACCOUNT}, "Action": "sts:AssumeRole"}
        # On AWS only EC2 may assume the role.
        iam.update_assume_role_policy(
            RoleName=role["RoleName"],
            PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]}),
        )
        keys = self.cloud.client("sts").assume_role(RoleArn=role["Arn"], RoleSessionName="trainer")
        return {
            **emulators.variables(self.cloud.client("s3").meta.endpoint_url),
            "AWS_ACCESS_KEY_ID": keys["Credentials"]["AccessKeyId"],
            "AWS_SECRET_ACCESS_KEY": keys["Credentials"]["SecretAccessKey"],
            "AWS_SESSION_TOKEN": keys["Credentials"]["SessionToken"],
        }
