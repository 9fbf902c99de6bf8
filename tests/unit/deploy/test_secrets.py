"""Keys of tokens and access codes, as an operator changes them."""

import pytest

from chalicelib.adapters.dynamodb.pushes import DynamoPushKeys
from chalicelib.adapters.dynamodb.table import Table
from chalicelib.adapters.dynamodb.token_keys import DynamoSecrets
from chalicelib.domain.codes import HashedCode
from chalicelib.domain.pushing import PushKeys
from chalicelib.domain.token_keys import KEY_REST_SECONDS, TokenKeys
from deploy_extras import access, cli
from deploy_extras.cloud import Cloud
from deploy_extras.rotate import TOKEN_SECONDS
from testkit.clock import FakeClock
from testkit.fakes import CountedMetrics
from tests.unit.deploy.stage import make_table

CODE = "/undertone/dev/access-code"


@pytest.fixture
def stage(cloud: Cloud) -> Cloud:
    """Make what a rotation needs of a stage: its table, and a stack."""
    make_table(cloud, "undertone-dev-messages")
    cloud.client("cloudformation").create_stack(
        StackName="undertone-dev",
        TemplateBody='{"Resources": {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {}}}}',
    )
    return cloud


def keys(cloud: Cloud) -> TokenKeys:
    table = Table(cloud.client("dynamodb"), "undertone-dev-messages", CountedMetrics())
    return DynamoSecrets(table, FakeClock()).token_keys()


def rotate(cloud: Cloud, *arguments: str, answer: str = "") -> int:
    return cli.main(["rotate", *arguments], connected=lambda region: cloud, confirm=lambda question: answer)


def test_a_rotation_keeps_the_key_before(stage: Cloud, capsys: pytest.CaptureFixture[str]) -> None:
    before = keys(stage)
    assert rotate(stage) == 0
    assert keys(stage).before == before.newest
    assert "knows it within 2 minutes" in capsys.readouterr().out


def test_a_second_rotation_while_old_tokens_are_valid_is_confirmed(
    stage: Cloud, capsys: pytest.CaptureFixture[str]
) -> None:
    rotate(stage)
    once = keys(stage)
    assert rotate(stage, answer="no") == 1
    assert "Nothing was changed" in capsys.readouterr().err
    assert keys(stage) == once
    assert rotate(stage, answer="dev") == 0
    twice = keys(stage)
    assert twice.before == once.newest
    assert rotate(stage, "--yes", "dev") == 0
    assert keys(stage).before == twice.newest


def test_a_rotation_a_week_after_the_last_one_signs_nobody_out_and_asks_nobody(stage: Cloud) -> None:
    rotate(stage)
    stage.client("dynamodb").update_item(
        TableName="undertone-dev-messages",
        Key={"pk": {"S": "secret"}, "sk": {"S": "token"}},
        UpdateExpression="ADD rotated :less",
        ExpressionAttributeValues={":less": {"N": str(-TOKEN_SECONDS - KEY_REST_SECONDS)}},
    )
    assert rotate(stage, answer="no") == 0


def test_a_rotated_key_for_pushes_serves_whoever_has_the_one_before_until_the_next_rotation(
    stage: Cloud, capsys: pytest.CaptureFixture[str]
) -> None:
    def pushes() -> PushKeys:
        table = Table(stage.client("dynamodb"), "undertone-dev-messages", CountedMetrics())
        return DynamoPushKeys(table, FakeClock()).keys()

    first, tokens = pushes(), keys(stage)
    assert rotate(stage, "--key", "pushes") == 0
    once = pushes()
    assert (once.before, once.present == first.present) == (first.present, False)
    assert rotate(stage, "--key", "pushes", answer="no") == 1
    assert "Nothing was changed" in capsys.readouterr().err
    assert rotate(stage, "--key", "pushes", answer="dev") == 0
    assert pushes().before == once.present
    assert keys(stage) == tokens


def test_the_keys_of_a_stage_that_is_not_deployed_cannot_be_rotated(
    cloud: Cloud, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rotate(cloud) == 1
    assert "The stage dev is not deployed in us-east-1" in capsys.readouterr().err


def put(cloud: Cloud, name: str, value: str) -> None:
    cloud.client("ssm").put_parameter(Name=name, Value=value, Type="String")


@pytest.mark.parametrize("kind", access.KINDS)
def test_no_code_is_kept_as_it_is(cloud: Cloud, kind: access.Kind) -> None:
    put(cloud, f"/undertone/dev/{kind}-code-hash", str(HashedCode.of("sesame")))
    assert access.chosen(cloud, "dev", None, kind) is None
    assert access.chosen(cloud, "dev", "", kind) == ""


@pytest.mark.parametrize("kind", access.KINDS)
def test_the_code_in_force_keeps_its_hash_and_another_gets_one(cloud: Cloud, kind: access.Kind) -> None:
    present = str(HashedCode.of("sesame"))
    put(cloud, f"/undertone/dev/{kind}-code-hash", present)
    assert access.chosen(cloud, "dev", "sesame", kind) == present
    changed = access.chosen(cloud, "dev", "mellon", kind)
    assert changed is not None
    assert HashedCode.parse(changed).admits("mellon")


def test_a_code_that_an_earlier_version_stored_in_clear_becomes_a_hash(cloud: Cloud) -> None:
    put(cloud, CODE, "sesame")
    found = access.chosen(cloud, "dev", None)
    assert found is not None
    assert HashedCode.parse(found).admits("sesame")


def test_the_hash_for_a_pipeline_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["hash"], confirm=lambda question: "sesame") == 0
    assert HashedCode.parse(capsys.readouterr().out.strip()).admits("sesame")
