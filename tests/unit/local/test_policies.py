"""Policies of authorizers are evaluated as IAM does."""

from typing import Any

import pytest

from local.gateway.policies import Decision, PolicyError, decide

ARN = "arn:aws:execute-api:us-east-1:000000000000:abc/api/GET/rooms/1"
ALLOW = {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": ARN}
DENY = ALLOW | {"Effect": "Deny"}


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"Action": ["execute-api:Invoke"]},
        {"Action": "execute-api:*"},
        {"Action": "*"},
        {"Action": "EXECUTE-API:invoke"},
        {"Resource": ["arn:nothing", ARN]},
        {"Resource": "arn:aws:execute-api:*:*:abc/api/*/rooms/*"},
        {"Resource": "arn:aws:execute-api:us-east-1:000000000000:abc/api/GET/rooms/?"},
        {"Resource": "*"},
    ],
)
def test_a_statement_allows_what_it_covers(change: dict[str, Any]) -> None:
    assert decide({"Statement": [ALLOW | change]}, ARN) is Decision.ALLOWED
    assert decide({"Statement": ALLOW | change}, ARN) is Decision.ALLOWED


@pytest.mark.parametrize(
    "change",
    [
        {"Action": "lambda:InvokeFunction"},
        {"Resource": ARN + "/deeper"},
        {"Resource": ARN.replace("GET", "POST")},
        {"Resource": []},
        {"Resource": ARN.replace("/rooms/1", "/rooms")},
    ],
)
def test_nothing_else_is_allowed(change: dict[str, Any]) -> None:
    assert decide({"Statement": [ALLOW | change]}, ARN) is Decision.NOT_ALLOWED


def test_a_denial_wins_wherever_it_stands() -> None:
    assert decide({"Statement": [ALLOW, DENY]}, ARN) is Decision.DENIED
    assert decide({"Statement": [DENY, ALLOW]}, ARN) is Decision.DENIED
    assert decide({"Statement": [ALLOW, DENY | {"Resource": "arn:other"}]}, ARN) is Decision.ALLOWED


def test_a_statement_may_name_what_it_does_not_cover() -> None:
    but_rooms = {"Effect": "Allow", "Action": "execute-api:Invoke", "NotResource": "*/rooms/*"}
    assert decide({"Statement": [but_rooms]}, ARN) is Decision.NOT_ALLOWED
    assert decide({"Statement": [but_rooms]}, ARN.replace("rooms", "users")) is Decision.ALLOWED


@pytest.mark.parametrize(
    "policy",
    [
        None,
        {},
        {"Statement": "text"},
        {"Statement": [{"Effect": "Maybe"}]},
        {"Statement": [ALLOW | {"Condition": {}}]},
    ],
)
def test_what_is_no_policy_or_has_conditions_is_refused(policy: Any) -> None:
    with pytest.raises(PolicyError):
        decide(policy, ARN)
