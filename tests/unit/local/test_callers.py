"""What is typed after --identity, and what is said of guarded routes at the start."""

import pytest

from local.application import Application, Authorizer, Method
from local.callers import check_identities, guard_notes, parse_identity
from local.errors import StackError

POOL = Authorizer("cognito", "people")
IAM = Authorizer("iam", "IAM")
BUILTIN = Authorizer("builtin", "guard", "Authorization", "app-dev-guard")

APPLICATION = Application(
    name="app",
    stage="dev",
    api_stage="api",
    functions={},
    rest_routes={
        "/me": {"GET": Method(None, POOL), "PUT": Method(None, POOL)},
        "/admin": {"GET": Method(None, IAM, api_key_required=True)},
        "/own": {"GET": Method(None, BUILTIN)},
        "/open": {"GET": Method(None)},
    },
    websocket_routes={},
    binary_types=(),
)


def test_an_identity_is_a_name_and_a_json_object() -> None:
    assert parse_identity('people={"sub": "a=b"}') == ("people", {"sub": "a=b"})


@pytest.mark.parametrize(
    "text", ["people", "people=", "people=ada", "people=[1]", '={"sub": "1"}', "people={x}"]
)
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(StackError, match="a JSON object, for example"):
        parse_identity(text)


def test_an_identity_of_an_unknown_authorizer_names_the_known_ones() -> None:
    check_identities(APPLICATION, {"people": {}, "IAM": {}, "guard": {}})
    with pytest.raises(StackError, match=r"--identity crowd: .* it has: IAM, guard, people"):
        check_identities(APPLICATION, {"crowd": {}})


def test_what_cannot_be_asked_is_said_once_for_all_its_routes() -> None:
    pool, iam, key = guard_notes(APPLICATION, {}, "K3Y")
    assert pool.startswith(
        "GET /me, PUT /me: refused with 403, for the Cognito user pool authorizer 'people'"
    )
    assert "--identity 'people={…}'" in pool
    assert iam.startswith("GET /admin: refused with 403") and "--identity 'IAM={…}'" in iam
    assert key == "the API key of GET /admin is K3Y (header x-api-key)"


def test_who_everybody_is_is_said() -> None:
    [pool, *_] = guard_notes(APPLICATION, {"people": {"sub": "1"}}, "K3Y")
    assert (
        pool
        == """everybody is {"sub": "1"} for the Cognito user pool authorizer 'people': GET /me, PUT /me"""
    )


def test_of_open_routes_nothing_is_said() -> None:
    unguarded = Application("app", "dev", "api", {}, {"/open": {"GET": Method(None)}}, {}, ())
    assert guard_notes(unguarded, {}, "K3Y") == []
