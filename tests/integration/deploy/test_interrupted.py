"""Machines are killed during a deployment or a deletion; the next machine completes it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.integration.deploy.crashing_proxy import CrashPoint
from tests.integration.deploy.deployed import Commands
from tests.integration.deploy.interrupted import InterruptedDeployments, interrupted_deployments
from tests.integration.deploy.snapshot import leftovers, snapshot

# In the order of a deployment, so that each machine comes a little farther than the one before: one request
# of each kind of thing that it makes. Crashing at every request, each time in an empty account, takes half an
# hour: `python -m tests.integration.deploy.crash_everywhere`.
DEPLOY_CRASHES = (
    CrashPoint("cloudformation CreateChangeSet CREATE"),
    CrashPoint("s3 PUT /models/deployment/lock"),
    CrashPoint("lambda POST /functions"),
    CrashPoint("apigateway POST /restapis"),
    CrashPoint("apigateway POST /v2/apis/ID/stages"),
    CrashPoint("s3 PUT /models/deployment/chalice.json", 2),
    CrashPoint("apigateway PUT /restapis/ID/gatewayresponses/THROTTLED"),
    CrashPoint("s3 PUT /site/index.html"),
)

# In the order of `destroy`.
DESTROY_CRASHES = (
    CrashPoint("apigateway DELETE /restapis/ID"),
    CrashPoint("lambda DELETE /functions/undertone-dev-deliver"),
    CrashPoint("iam DeleteRole undertone-dev-websocket_disconnect"),
    CrashPoint("cloudformation DeleteStack"),
    CrashPoint("dynamodb DeleteTable"),
    CrashPoint("s3 POST /models"),
)


@pytest.fixture(scope="module")
def interrupted(
    tmp_path_factory: pytest.TempPathFactory, slim_packages: Path, commands: Commands, ministack: str
) -> Iterator[InterruptedDeployments]:
    folder = tmp_path_factory.mktemp("interrupted")
    with interrupted_deployments(folder, slim_packages, commands, ministack) as made:
        yield made


@pytest.fixture(scope="module")
def undisturbed(interrupted: InterruptedDeployments) -> dict[str, Any]:
    """Return the snapshot of a deployment that nothing interrupted, in an account that is empty again."""
    interrupted.complete()
    found = snapshot(interrupted.stage)
    interrupted.empty_account()
    return found


@pytest.mark.parametrize("point", DEPLOY_CRASHES, ids=str)
def test_a_killed_deployment_leaves_no_second_api(
    interrupted: InterruptedDeployments, undisturbed: dict[str, Any], point: CrashPoint
) -> None:
    assert interrupted.crash(point), interrupted.proxy.sent
    assert len(interrupted.stage.client("apigateway").get_rest_apis()["items"]) <= 1
    assert len(interrupted.stage.client("apigatewayv2").get_apis()["Items"]) <= 1


def test_the_next_machine_completes_the_deployment(
    interrupted: InterruptedDeployments, undisturbed: dict[str, Any]
) -> None:
    # The last machine was killed after its uploads and before the invalidation of CloudFront's cache.
    assert "CloudFront drops" in interrupted.complete()
    assert snapshot(interrupted.stage) == undisturbed
    assert not interrupted.is_locked()


@pytest.mark.parametrize("point", DESTROY_CRASHES, ids=str)
def test_a_machine_can_be_killed_while_it_destroys(
    interrupted: InterruptedDeployments, point: CrashPoint
) -> None:
    assert interrupted.crash(point, "destroy"), interrupted.proxy.sent


def test_the_next_machine_completes_the_deletion(interrupted: InterruptedDeployments) -> None:
    interrupted.complete("destroy")
    assert leftovers(interrupted.stage) == []


def test_resources_of_a_killed_deployment_are_destroyed_without_a_record(
    interrupted: InterruptedDeployments,
) -> None:
    assert interrupted.crash(CrashPoint("apigateway POST /v2/apis/ID/stages"))
    left = leftovers(interrupted.stage)
    assert {"undertone-dev-deliver", "undertone-dev-websocket_message"} <= set(left), left
    interrupted.complete("destroy")
    assert leftovers(interrupted.stage) == []
