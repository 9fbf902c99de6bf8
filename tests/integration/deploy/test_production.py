"""Production: a failed first creation, protection, an API that somebody deletes, a rollback, and its end."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deploy_extras import names
from deploy_extras.package import APP
from tests.integration.deploy import emulators
from tests.integration.deploy.deployed import Commands, Deployed

SITE = names.site_bucket("prod", emulators.ACCOUNT)
# joserfc brings cryptography.
_LARGE = ("numpy", "cryptography", "cffi", "pycparser", "joserfc")
TABLES = ("undertone-prod-connections", "undertone-prod-messages")


@pytest.fixture(scope="module")
def production(
    tmp_path_factory: pytest.TempPathFactory, slim_packages: Path, commands: Commands, ministack: str
) -> Iterator[Deployed]:
    with emulators.moto() as moto:
        folder = tmp_path_factory.mktemp("production")
        yield Deployed(ministack, moto, folder, slim_packages, commands, stage="prod")


@pytest.fixture(scope="module")
def half_made(production: Deployed) -> Deployed:
    """Let the first creation of the stack fail: somebody has a bucket of this name."""
    production.client("s3").create_bucket(Bucket=SITE)
    assert "The stack undertone-prod is" in production.refused("deploy", "--trainer", "no")
    return production


def test_status_of_a_half_made_stack_says_what_is_missing(half_made: Deployed) -> None:
    found = half_made.status()
    assert "ROLLBACK" in found["stack"] or "FAILED" in found["stack"]
    assert (found["site"], found["version"], found["model"], found["package"]) == (None, None, None, None)
    assert set(found["functions"].values()) == {"missing"}
    assert "functions" in half_made.command("status")


@pytest.fixture(scope="module")
def complete(half_made: Deployed) -> Deployed:
    half_made.client("s3").delete_bucket(Bucket=SITE)
    half_made.command("deploy", "--trainer", "no")
    return half_made


def test_after_a_failed_creation_the_next_deployment_ends_with_protected_tables(complete: Deployed) -> None:
    for table in TABLES:
        found = complete.client("dynamodb").describe_table(TableName=table)["Table"]
        assert str(found["DeletionProtectionEnabled"]).lower() == "true", table


@pytest.fixture(scope="module")
def replaced(complete: Deployed) -> Deployed:
    """Delete both APIs by hand, and deploy again."""
    for api in complete.client("apigatewayv2").get_apis()["Items"]:
        complete.client("apigatewayv2").delete_api(ApiId=api["ApiId"])
    for api in complete.client("apigateway").get_rest_apis()["items"]:
        complete.client("apigateway").delete_rest_api(restApiId=api["id"])
    complete.command("deploy", machine="second")
    return complete


def test_policies_name_the_api_that_replaces_a_deleted_one(replaced: Deployed) -> None:
    [api] = replaced.client("apigatewayv2").get_apis()["Items"]
    named: list[str] = []
    for name in names.FUNCTIONS:
        role = names.role("prod", name)
        found = replaced.client("iam").get_role_policy(RoleName=role, PolicyName=role)["PolicyDocument"]
        named += [arn for s in found["Statement"] for arn in s["Resource"] if ":execute-api:" in arn]
    assert named
    assert all(f":{api['ApiId']}/api/" in arn for arn in named), named


def code(deployed: Deployed) -> set[str]:
    client = deployed.client("lambda")
    functions = [names.function("prod", name) for name in names.FUNCTIONS]
    return {client.get_function_configuration(FunctionName=f)["CodeSha256"] for f in functions}


@pytest.fixture(scope="module")
def rolled_back(replaced: Deployed, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Deploy a later application, and roll it back."""
    [first] = code(replaced)
    later = tmp_path_factory.mktemp("later") / "chalice_app"
    shutil.copytree(APP, later)
    (later / "chalicelib" / "later.py").write_text('"""What a later version has."""\n')
    # The package of this one is made from its requirements; the large ones would take twenty times as long.
    requirements = (later / "requirements.txt").read_text().splitlines()
    kept = [line for line in requirements if not line.startswith(_LARGE)]
    (later / "requirements.txt").write_text("\n".join(kept))
    replaced.command("deploy", "--application", str(later), machine="second")
    [second] = code(replaced)
    said = replaced.command("rollback", machine="second")
    return {"first": first, "second": second, "said": said, "now": code(replaced)}


def test_a_rollback_gives_every_function_the_package_before(
    replaced: Deployed, rolled_back: dict[str, Any]
) -> None:
    assert rolled_back["first"] != rolled_back["second"]
    assert rolled_back["now"] == {rolled_back["first"]}
    assert "The functions of prod run" in rolled_back["said"]
    assert replaced.status()["earlier"] == []
    assert "There is no package before the live one" in replaced.refused("rollback", machine="second")


def test_production_is_destroyed_only_if_it_is_confirmed(
    replaced: Deployed, rolled_back: dict[str, Any]
) -> None:
    assert "Nothing was changed" in replaced.refused("destroy", answer="yes\n")
    assert len(code(replaced)) == 1
    replaced.command("destroy", "--yes", "prod", "--data", "delete")
    assert replaced.client("lambda").list_functions()["Functions"] == []
    assert replaced.client("dynamodb").list_tables()["TableNames"] == []
    assert json.loads(replaced.command("status", "--json"))["stack"] is None
