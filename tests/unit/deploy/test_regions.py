"""A command for the wrong region changes nothing; what cannot be undone is confirmed."""

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from deploy_extras import cli, names, policies
from deploy_extras.cloud import Cloud
from deploy_extras.confirm import Confirmation
from deploy_extras.errors import DeployError
from deploy_extras.package import APP
from deploy_extras.record import Record

ACCOUNT = "123456789012"
HOME, ELSEWHERE = "eu-central-1", "us-east-1"
BUCKET = names.models_bucket("prod", ACCOUNT)
_READS = ("Assume", "Describe", "Get", "Head", "List")


class Watched(Cloud):
    """A cloud that notes every request which is no mere question."""

    def __init__(self, region: str) -> None:
        super().__init__(boto3.Session(), region, ACCOUNT)
        self.changes: list[str] = []
        self.session.events.register("before-call", self._note)

    def _note(self, model: Any, **_: Any) -> None:
        if not model.name.startswith(_READS):
            self.changes.append(model.name)


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    with mock_aws():
        yield


@pytest.fixture
def production(aws: None) -> Watched:
    """Return the account after a deployment of production."""
    cloud = Watched(HOME)
    for name in names.FUNCTIONS:
        role = names.role("prod", name)
        iam = cloud.client("iam")
        trust = {
            "Effect": "Allow",
            "Principal": {"Service": "lambda.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }
        arn = iam.create_role(
            RoleName=role,
            AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]}),
        )["Role"]["Arn"]
        policy = policies.exact(
            json.loads(policies.path(APP, "prod", name).read_text("utf-8")), region=HOME, account=ACCOUNT
        )
        iam.put_role_policy(RoleName=role, PolicyName=role, PolicyDocument=json.dumps(policy))
        cloud.client("lambda").create_function(
            FunctionName=names.function("prod", name),
            Role=arn,
            Runtime="python3.13",
            Handler="app.app",
            Code={"ZipFile": _zip()},
        )
    cloud.client("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": HOME})
    Record(cloud, BUCKET).save([{"name": "rest_api", "resource_type": "rest_api", "rest_api_id": "abc"}])
    cloud.client("cloudformation").create_stack(
        StackName=names.stack("prod"), TemplateBody=json.dumps(_STACK)
    )
    assert "CreateRole" in cloud.changes
    return cloud


_STACK = {
    "AWSTemplateFormatVersion": "2010-09-09",
    "Resources": {
        "MessagesTable": {
            "Type": "AWS::DynamoDB::Table",
            "Properties": {
                "TableName": "undertone-prod-messages",
                "BillingMode": "PAY_PER_REQUEST",
                "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
                "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
            },
        }
    },
}


def _zip() -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as archive:
        archive.writestr("app.py", "")
    return found.getvalue()


def _run(cloud: Cloud, *arguments: str, answer: str | None = None) -> int:
    def ask(question: str) -> str:
        if answer is None:
            raise EOFError
        return answer

    return cli.main([*arguments, "--stage", "prod"], connected=lambda region: cloud, confirm=ask)


def _all_there(cloud: Cloud) -> None:
    for name in names.FUNCTIONS:
        cloud.client("iam").get_role(RoleName=names.role("prod", name))
        cloud.client("lambda").get_function(FunctionName=names.function("prod", name))
    assert Record(cloud, BUCKET).load()
    cloud.client("dynamodb").describe_table(TableName="undertone-prod-messages")


@pytest.mark.parametrize(
    "command",
    [
        ("destroy", "--yes", "prod"),
        ("destroy", "--data", "delete", "--yes", "prod"),
        ("deploy",),
        ("deploy", "--unlock"),
        ("rollback", "--unlock"),
        ("rotate", "--yes", "prod"),
    ],
    ids=" ".join,
)
def test_a_command_for_the_wrong_region_changes_nothing(
    production: Cloud, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = Watched(ELSEWHERE)
    assert _run(wrong, *command) == 1
    assert f"The stage prod is in {HOME} and not in {ELSEWHERE}" in capsys.readouterr().err
    assert wrong.changes == []
    _all_there(production)


def test_the_roles_alone_say_in_which_region_the_stage_is(
    production: Cloud, capsys: pytest.CaptureFixture[str]
) -> None:
    s3 = production.client("s3")
    s3.delete_object(Bucket=BUCKET, Key="deployment/chalice.json")
    s3.delete_bucket(Bucket=BUCKET)
    wrong = Watched(ELSEWHERE)
    assert _run(wrong, "destroy", "--yes", "prod") == 1
    assert "the role undertone-prod-api_handler belongs there" in capsys.readouterr().err
    assert wrong.changes == []


def test_roles_of_an_unknown_region_are_left_alone(
    production: Cloud, capsys: pytest.CaptureFixture[str]
) -> None:
    s3, iam = production.client("s3"), production.client("iam")
    s3.delete_object(Bucket=BUCKET, Key="deployment/chalice.json")
    s3.delete_bucket(Bucket=BUCKET)
    for name in names.FUNCTIONS:
        iam.delete_role_policy(RoleName=names.role("prod", name), PolicyName=names.role("prod", name))
    wrong = Watched(ELSEWHERE)
    assert _run(wrong, "destroy", "--yes", "prod") == 1
    assert "there is the role undertone-prod-api_handler" in capsys.readouterr().err
    assert wrong.changes == []


def test_there_is_nothing_to_destroy_in_an_empty_account(
    aws: None, capsys: pytest.CaptureFixture[str]
) -> None:
    cloud = Watched(HOME)
    assert _run(cloud, "destroy") == 0
    assert "There is nothing of the stage prod" in capsys.readouterr().out
    assert cloud.changes == []


@pytest.mark.parametrize("answer", ["", "yes", "dev", None], ids=str)
def test_production_is_destroyed_only_if_its_name_is_typed(
    production: Watched, answer: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    production.changes.clear()
    assert _run(production, "destroy", answer=answer) == 1
    assert "Nothing was changed" in capsys.readouterr().err
    assert production.changes == []
    _all_there(production)


def test_a_script_must_name_the_stage_that_it_destroys(
    production: Watched, capsys: pytest.CaptureFixture[str]
) -> None:
    production.changes.clear()
    assert _run(production, "destroy", "--yes", "dev") == 1
    assert "YES is 'dev' and not the stage's name, prod" in capsys.readouterr().err
    assert production.changes == []


@pytest.mark.parametrize(
    "confirmation", [Confirmation("prod", yes="prod"), Confirmation("prod", lambda _: " prod\n")]
)
def test_the_stages_name_confirms(confirmation: Confirmation) -> None:
    confirmation.require("take the chat down")


def test_nobody_to_ask_is_told_about_yes() -> None:
    def nobody(question: str) -> str:
        raise EOFError

    with pytest.raises(DeployError, match="To delete everything, set YES=prod"):
        Confirmation("prod", nobody).require("delete everything")
