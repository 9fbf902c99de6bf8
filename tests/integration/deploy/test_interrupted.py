"""Machines die in the middle of a deployment, or of its end; the next one completes what they left."""

from collections.abc import Iterator

import pytest

from tests.integration.deploy.deployed import Deployed
from tests.integration.deploy.mortals import Mortals, mortals
from tests.integration.deploy.picture import picture, remnants
from tests.integration.deploy.wire import Death

# In the order in which a deployment comes to them, so that each machine gets a little farther than the last.
# Dying at every request of a deployment, each time in an empty account, takes half an hour:
# `python -m tests.integration.deploy.die_everywhere`.
DEATHS = (
    Death("cloudformation CreateChangeSet CREATE"),
    Death("cloudformation ExecuteChangeSet"),
    Death("s3 PUT /models/deployment/lock"),
    Death("s3 PUT /models/models/VERSION/model.npz"),
    Death("iam CreateRole undertone-dev-deliver"),
    Death("lambda POST /functions"),
    Death("apigateway POST /restapis"),
    Death("apigateway POST /v2/apis"),
    Death("apigateway POST /v2/apis/ID/stages"),
    Death("s3 PUT /models/deployment/chalice.json", 2),
    Death("s3 PUT /site/index.html"),
)

# Likewise, of `destroy`.
DEATHS_AT_THE_END = (
    Death("apigateway DELETE /restapis/ID"),
    Death("lambda DELETE /functions/undertone-dev-deliver"),
    Death("iam DeleteRole undertone-dev-websocket_disconnect"),
    Death("iam DeleteRolePolicy undertone-dev-websocket_message"),
    Death("s3 DELETE /models/deployment/chalice.json"),
    Death("cloudformation DeleteStack"),
    Death("dynamodb DeleteTable"),
    Death("s3 POST /models"),
)


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mortals]:
    with mortals(tmp_path_factory.mktemp("mortals")) as made:
        yield made


@pytest.mark.parametrize("death", DEATHS, ids=str)
def test_a_machine_that_dies_leaves_no_second_api(chain: Mortals, death: Death) -> None:
    assert chain.dies(death), chain.wire.sent
    assert len(chain.stage.client("apigateway").get_rest_apis()["items"]) <= 1
    assert len(chain.stage.client("apigatewayv2").get_apis()["Items"]) <= 1


def test_the_next_machine_leaves_what_an_undisturbed_one_does(chain: Mortals, deployed: Deployed) -> None:
    # The last one died when everything was uploaded, and CloudFront did not know.
    assert "CloudFront forgets" in chain.completes()
    assert picture(chain.stage) == picture(deployed)
    assert not chain.is_locked()


@pytest.mark.parametrize("death", DEATHS_AT_THE_END, ids=str)
def test_a_machine_may_die_while_it_destroys(chain: Mortals, death: Death) -> None:
    assert chain.dies(death, "destroy"), chain.wire.sent


def test_the_next_machine_leaves_nothing(chain: Mortals) -> None:
    chain.completes("destroy")
    assert remnants(chain.stage) == []


def test_what_a_dead_deployment_made_and_did_not_write_down_is_destroyed_too(chain: Mortals) -> None:
    assert chain.dies(Death("apigateway POST /v2/apis/ID/stages"))
    left = remnants(chain.stage)
    assert {"undertone-dev-deliver", "undertone-dev-websocket_message"} <= set(left), left
    chain.completes("destroy")
    assert remnants(chain.stage) == []
