"""A stage whose functions nobody invokes is deployed again elsewhere and destroyed, in this order."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.integration.deploy import emulators
from tests.integration.deploy.deployed import Commands, Deployed

_ITEM = {"pk": {"S": "kept"}, "sk": {"S": "kept"}}


@pytest.fixture(scope="module")
def deployed(
    tmp_path_factory: pytest.TempPathFactory, slim_packages: Path, commands: Commands, ministack: str
) -> Iterator[Deployed]:
    with emulators.moto() as moto:
        found = Deployed(ministack, moto, tmp_path_factory.mktemp("deployed"), slim_packages, commands)
        given = ("--access-code", "sesame", "--admin-code", "xyzzy", "--parameter", "LinkPreviews=yes")
        found.command("deploy", "--trainer", "no", *given)
        yield found


@dataclass
class Repeated:
    """The status and settings before and after a second deployment, and its output."""

    before: dict[str, Any]
    after: dict[str, Any]
    output: str
    settings_before: dict[str, str]
    settings_after: dict[str, str]


@pytest.fixture(scope="module")
def repeated(deployed: Deployed) -> Repeated:
    before, settings = deployed.status(), _settings(deployed)
    # Another machine has a workspace of its own, without Chalice's record, the access code and TRAINER=no.
    output = deployed.command("deploy", machine="second")
    return Repeated(before, deployed.status(), output, settings, _settings(deployed))


def _settings(deployed: Deployed) -> dict[str, str]:
    """Return the environment variables of the function that signs people in."""
    found = deployed.client("lambda").get_function_configuration(FunctionName="undertone-dev")
    return dict(found["Environment"]["Variables"])


def test_another_machine_updates_the_same_apis(deployed: Deployed, repeated: Repeated) -> None:
    before, after = repeated.before, repeated.after
    assert (after["rest"], after["websocket"], after["site"]) == (
        before["rest"],
        before["websocket"],
        before["site"],
    )
    assert len(deployed.client("apigatewayv2").get_apis()["Items"]) == 1
    assert len(deployed.client("apigateway").get_rest_apis()["items"]) == 1


def test_a_repeated_deployment_changes_neither_stack_nor_model_nor_site(
    repeated: Repeated,
) -> None:
    assert repeated.output.count("nothing to change in the stack") == 2
    assert "the bucket has a live model: it is kept" in repeated.output
    assert "no file of the site has changed" in repeated.output


def test_a_repeated_deployment_keeps_the_codes(repeated: Repeated) -> None:
    assert {"ACCESS_CODE_HASH", "ADMIN_CODE_HASH"} <= repeated.settings_before.keys()
    assert repeated.settings_before["LINK_PREVIEWS"] == "yes"
    assert repeated.settings_after == repeated.settings_before


def test_a_repeated_deployment_remembers_that_there_is_no_trainer(repeated: Repeated) -> None:
    assert "no trainer, as TRAINER=no chose" in repeated.output


@pytest.fixture(scope="module")
def destroyed(deployed: Deployed) -> Deployed:
    deployed.client("dynamodb").put_item(TableName="undertone-dev-messages", Item=_ITEM)
    deployed.command("destroy", machine="third")
    return deployed


def test_destroy_deletes_functions_roles_apis_and_logs(destroyed: Deployed) -> None:
    assert destroyed.client("lambda").list_functions()["Functions"] == []
    roles = [r["RoleName"] for r in destroyed.client("iam").list_roles()["Roles"]]
    assert [name for name in roles if name.startswith("undertone")] == []
    assert destroyed.client("apigatewayv2").get_apis()["Items"] == []
    assert destroyed.client("apigateway").get_rest_apis()["items"] == []
    groups = destroyed.client("logs").describe_log_groups(logGroupNamePrefix="/aws/lambda/undertone")
    assert groups["logGroups"] == []


def test_destroy_deletes_the_stack_and_keeps_the_data(destroyed: Deployed) -> None:
    assert destroyed.status()["stack"] is None
    assert destroyed.client("dynamodb").list_tables()["TableNames"] == ["undertone-dev-messages"]
    buckets = [b["Name"] for b in destroyed.client("s3").list_buckets()["Buckets"]]
    assert sorted(buckets) == ["undertone-dev-files-000000000000", "undertone-dev-models-000000000000"]
    destroyed.client("s3").head_object(Bucket="undertone-dev-models-000000000000", Key="pointer.json")


def test_a_destroyed_stage_can_be_destroyed_again(destroyed: Deployed) -> None:
    assert "there is no stack" in destroyed.command("destroy")


def test_data_are_deleted_only_when_the_stage_is_typed(destroyed: Deployed) -> None:
    with pytest.raises(AssertionError, match="the confirmation was 'yes' and not the stage's name"):
        destroyed.command("destroy", "--data", "delete", answer="yes\n")
    kept = destroyed.client("dynamodb").get_item(TableName="undertone-dev-messages", Key=_ITEM)
    assert "Item" in kept
    destroyed.command("destroy", "--data", "delete", answer="dev\n")
    with pytest.raises(ClientError, match="not found"):
        destroyed.client("dynamodb").describe_table(TableName="undertone-dev-messages")
    assert destroyed.client("s3").list_buckets()["Buckets"] == []
