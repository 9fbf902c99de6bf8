"""A stage with a trainer, created by CloudFormation on MiniStack, as seen from outside its instance."""

import base64
import json
from dataclasses import dataclass
from typing import Any

from deploy_extras import bundle
from deploy_extras import template as whole
from deploy_extras.cloud import Cloud
from deploy_extras.stack import Stacks
from tests.integration.deploy import emulators

NAME = "undertone-dev"
INSTANCE = "i-0123456789abcdef0"


def template() -> dict[str, Any]:
    """Return the template without the instance, which MiniStack's CloudFormation does not support."""
    found = whole.load()
    del found["Resources"]["TrainerInstance"], found["Outputs"]["TrainerInstance"]
    text = json.dumps(found).replace('{"Ref": "TrainerInstance"}', f'"{INSTANCE}"')
    replaced: dict[str, Any] = json.loads(text.replace("${TrainerInstance}", INSTANCE))
    return replaced


def parameters(cloud: Cloud) -> dict[str, str | None]:
    """Return the parameters of a stage with a trainer."""
    vpc = cloud.client("ec2").describe_vpcs()["Vpcs"][0]["VpcId"]
    subnet = cloud.client("ec2").describe_subnets()["Subnets"][0]["SubnetId"]
    return {
        "Stage": "dev",
        "TrainerBundle": "trainer/bundles/x.tar",
        "TrainerBundleSha256": "0" * 64,
        "TrainerVpc": vpc,
        "TrainerSubnet": subnet,
        "AlarmEmail": "ops@example.org",
    }


@dataclass
class TrainerStage:
    """The stage, its buckets and tables, and what the instance reports."""

    cloud: Cloud
    bucket: str = ""
    table: str = ""

    @classmethod
    def create(cls, cloud: Cloud) -> "TrainerStage":
        """Empty the account and create the stage as a deployment first does, without a bundle."""
        emulators.reset_ministack(cloud.client("s3").meta.endpoint_url)
        made = cls(cloud)
        made._apply({"TrainerBundle": "", "TrainerBundleSha256": ""})
        return made

    def set_bundle(self, archive: bytes, sha256: str | None = None) -> None:
        """Upload a bundle and update the stack with it, with its own hash or a given one."""
        made = bundle.publish(self.cloud, self.bucket, archive)
        self._apply({"TrainerBundle": made.key, "TrainerBundleSha256": sha256 or made.sha256})

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

    def _apply(self, further: dict[str, str | None]) -> None:
        body = json.dumps(template())
        stacks = Stacks(self.cloud, poll_seconds=0.1)
        stack = stacks.apply(NAME, body, parameters(self.cloud) | further)
        self.bucket, self.table = stack.outputs["ModelsBucket"], stack.outputs["MessagesTable"]
