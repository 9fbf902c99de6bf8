"""Deploying again, from another machine, updates the same APIs and changes nothing else."""

import pytest

from tests.integration.deploy.deployed import Deployed


@pytest.fixture(scope="module")
def said(deployed: Deployed) -> tuple[dict[str, object], dict[str, object], str]:
    before = deployed.status()
    # Another machine: a workspace of its own, nothing of Chalice's record, and no access code at hand.
    said = deployed.command("deploy", "--trainer", "no", machine="second")
    return before, deployed.status(), said


def test_another_machine_continues_the_same_apis(
    deployed: Deployed, said: tuple[dict[str, object], dict[str, object], str]
) -> None:
    before, after, _ = said
    assert (after["rest"], after["websocket"], after["site"]) == (
        before["rest"],
        before["websocket"],
        before["site"],
    )
    assert len(deployed.client("apigatewayv2").get_apis()["Items"]) == 1
    assert len(deployed.client("apigateway").get_rest_apis()["items"]) == 1


def test_neither_stack_nor_model_nor_site_changes(
    said: tuple[dict[str, object], dict[str, object], str],
) -> None:
    assert said[2].count("nothing to change in the stack") == 2
    assert "the bucket has a live model: it stays" in said[2]
    assert "no file of the site has changed" in said[2]


def test_the_access_code_is_found_again(
    deployed: Deployed, said: tuple[dict[str, object], dict[str, object], str]
) -> None:
    found = deployed.client("lambda").get_function_configuration(FunctionName="undertone-dev")
    assert found["Environment"]["Variables"]["ACCESS_CODE"] == "sesame"
