"""The functions' policies name exact resources; every wildcard is justified in its Sid."""

import json
from typing import Any

import pytest

from chalicelib.adapters.dynamodb import keys
from deploy_extras import names, policies
from deploy_extras.package import APP

STAGES = ("dev", "prod")
CASES = [(stage, function) for stage in STAGES for function in names.FUNCTIONS]


def policy(stage: str, function: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(policies.path(APP, stage, function).read_text("utf-8"))
    return found


def exact(stage: str, function: str) -> list[tuple[str, str]]:
    """Return statement id and resource of a deployed policy."""
    filled = policies.exact(
        policy(stage, function), region="eu-central-1", account="123456789012", websocket_api="abcdef"
    )
    return [(statement["Sid"], arn) for statement in filled["Statement"] for arn in statement["Resource"]]


@pytest.mark.parametrize(("stage", "function"), CASES)
def test_every_wildcard_is_justified_in_its_sid(stage: str, function: str) -> None:
    for sid, arn in exact(stage, function):
        if "*" in arn:
            assert "Because" in sid, f"{arn} in {sid}"


@pytest.mark.parametrize(("stage", "function"), CASES)
def test_every_resource_is_of_this_stage_region_and_account(stage: str, function: str) -> None:
    for _, arn in exact(stage, function):
        if arn == "*":
            continue
        _, _, service, region, account, resource = arn.split(":", 5)
        assert (region, account) == (("", "") if service == "s3" else ("eu-central-1", "123456789012")), arn
        expected = "abcdef/api/" if service == "execute-api" else f"undertone-{stage}"
        assert expected in resource, arn


@pytest.mark.parametrize(("stage", "function"), CASES)
def test_no_action_is_a_wildcard(stage: str, function: str) -> None:
    for statement in policy(stage, function)["Statement"]:
        actions = statement["Action"]
        assert not any("*" in a for a in ([actions] if isinstance(actions, str) else actions))


@pytest.mark.parametrize("function", names.FUNCTIONS)
def test_prod_has_the_same_permissions_as_dev(function: str) -> None:
    text = json.dumps(policy("dev", function))
    assert json.loads(text.replace("undertone-dev", "undertone-prod")) == policy("prod", function)


def test_only_broadcasting_functions_may_post() -> None:
    def may_post(function: str) -> bool:
        return any(":execute-api:" in arn for _, arn in exact("dev", function))

    assert {f for f in names.FUNCTIONS if may_post(f)} == {
        "websocket_message",
        "websocket_disconnect",
        "deliver",
    }


def test_every_function_has_a_policy_and_memory_and_timeout_in_every_stage() -> None:
    config = json.loads((APP / ".chalice" / "config.json").read_text("utf-8"))
    assert set(config["stages"]) == {"local", *STAGES}
    for function in names.FUNCTIONS:
        assert {"lambda_memory_size", "lambda_timeout"} <= config["lambda_functions"][function].keys()
        for stage in STAGES:
            settings = config["stages"][stage]["lambda_functions"][function]
            assert settings["iam_policy_file"] == f"policies/{stage}/{function}.json"
            # Chalice would set the retention of a group that the function does not write to.
            assert ("log_retention_in_days" in settings) == (function != "api_handler")
    assert config["autogen_policy"] is False
    assert "reserved_concurrency" not in str(config)


def test_the_function_that_fetches_pages_of_others_may_do_nothing_else() -> None:
    actions = [action for s in policy("dev", "preview")["Statement"] for action in s["Action"]]
    assert {action.split(":")[0] for action in actions} == {"logs", "xray"}


def test_a_function_may_use_the_keys_of_tokens_only_if_it_signs_or_checks_them() -> None:
    denials = {
        function: [s for s in policy("dev", function)["Statement"] if s["Effect"] == "Deny"]
        for function in names.FUNCTIONS
    }
    assert {f for f, denied in denials.items() if not denied} == {
        *("api_handler", "websocket_connect"),
        "preview",  # it may use nothing that is stored
    }
    assert keys.token_secret()["pk"] == {"S": "secret"}
    assert keys.push_key()["pk"] == {"S": "push-key"}
    assert keys.password("somebody")["pk"] == {"S": "passwords"}
    for function, denied in denials.items():
        for statement in denied:
            [allowed] = [s for s in policy("dev", function)["Statement"] if s["Sid"] == "MessagesTable"]
            assert (statement["Action"], statement["Resource"]) == (allowed["Action"], allowed["Resource"])
            # The key for pushes is for the function that tells browsers of it, and for that which pushes.
            of_pushes = [] if function == "push" else ["push-key"]
            assert statement["Condition"] == {
                "ForAnyValue:StringEquals": {"dynamodb:LeadingKeys": ["passwords", *of_pushes, "secret"]}
            }
