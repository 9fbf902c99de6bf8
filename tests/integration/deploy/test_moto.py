"""`chalice deploy` by itself, twice, against a moto server.

moto 5.2.5 makes no deployments of WebSocket APIs, so that one service is MiniStack's.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import app as application
from deploy_extras import names
from deploy_extras.package import APP, clean_copy, configure
from tests.integration.deploy import emulators

# Not the region of the other tests, so that nothing depends on a default.
REGION = "us-west-2"


class ChaliceDeployment:
    """A copy of the application, deployed by `chalice deploy` alone."""

    def __init__(self, url: str, websockets: str, folder: Path, packages: Path) -> None:
        self.url = url
        self.websockets = websockets
        self.folder = folder
        clean_copy(APP, folder)
        configure(folder, "dev", {"lambda_architecture": emulators.ARCHITECTURE})
        shutil.copytree(packages, folder / ".chalice" / "deployments")

    def deploy(self) -> str:
        """Run `chalice deploy`; return its output."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
        ended = subprocess.run(
            [
                *(sys.executable, "-c", "import sys; from chalice.cli import main; sys.exit(main())"),
                *("--project-dir", str(self.folder), "deploy", "--stage", "dev"),
            ],
            env={
                **environment,
                **emulators.variables(self.url, apigatewayv2=self.websockets),
                "AWS_DEFAULT_REGION": REGION,
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended.stdout

    def ids(self) -> tuple[list[str], list[str]]:
        """Return the ids of all REST and all WebSocket APIs."""
        rest = emulators.client("apigateway", self.url, REGION).get_rest_apis()["items"]
        websocket = emulators.client("apigatewayv2", self.websockets, REGION).get_apis()["Items"]
        return [api["id"] for api in rest], [api["ApiId"] for api in websocket]


@pytest.fixture(scope="module")
def plain(
    tmp_path_factory: pytest.TempPathFactory, slim_packages: Path, ministack: str
) -> Iterator[ChaliceDeployment]:
    with emulators.moto() as url:
        found = ChaliceDeployment(url, ministack, tmp_path_factory.mktemp("plain") / "app", slim_packages)
        found.deploy()
        yield found


def test_every_function_role_permission_and_route_is_created(plain: ChaliceDeployment) -> None:
    functions = emulators.client("lambda", plain.url, REGION)
    found = {f["FunctionName"] for f in functions.list_functions()["Functions"]}
    assert found == {names.function("dev", name) for name in names.FUNCTIONS}
    roles = {r["RoleName"] for r in emulators.client("iam", plain.url, REGION).list_roles()["Roles"]}
    assert {names.role("dev", name) for name in names.FUNCTIONS} <= roles
    [rest], [websocket] = plain.ids()
    gateway = emulators.client("apigateway", plain.url, REGION)
    resources = gateway.get_resources(restApiId=rest, limit=100)["items"]
    assert {r["path"] for r in resources if r.get("resourceMethods")} == set(application.app.routes)
    routes = emulators.client("apigatewayv2", plain.websockets, REGION).get_routes(ApiId=websocket)["Items"]
    assert {r["RouteKey"] for r in routes} == {"$connect", "$default", "$disconnect"}
    for name in ("api_handler", "websocket_connect", "websocket_message", "websocket_disconnect"):
        policy = functions.get_policy(FunctionName=names.function("dev", name))["Policy"]
        [statement] = json.loads(policy)["Statement"]
        assert statement["Principal"] == {"Service": "apigateway.amazonaws.com"}
        assert (rest if name == "api_handler" else websocket) in json.dumps(statement)


def test_a_second_deployment_updates_the_same_apis(plain: ChaliceDeployment) -> None:
    before = plain.ids()
    said = plain.deploy()
    assert "Updating lambda function: undertone-dev-websocket_message" in said
    assert "Creating" not in said.replace("Creating deployment package", "")
    assert plain.ids() == before
