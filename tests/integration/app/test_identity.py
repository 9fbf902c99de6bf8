"""Discovery, sessions and the handshake."""

from collections import defaultdict
from datetime import UTC
from email.utils import parsedate_to_datetime

import aiohttp
import pytest

from local.testing import RunningStack
from testkit.client import People, unique
from tests.unit.contract.contract import OPENAPI

PROTECTED = [
    path
    for path, methods in OPENAPI["paths"].items()
    if methods.get("get", {}).get("security") == [{"bearer": []}]
]


async def test_discovery_names_both_apis(stack: RunningStack, people: People) -> None:
    assert await people.config() == {
        "websocketUrl": stack.ws_url,
        "restUrl": stack.rest_url,
        "version": "test",
        "signIn": {"name": True, "accessCode": False, "adminCode": False, "oidc": None},
        "linkPreviews": True,
        "roomsBy": "everyone",
    }


async def test_health_names_version_and_model(people: People) -> None:
    status, body = await people.rest("GET", "/health")
    assert status == 200
    assert body["status"] == "ok"
    assert body["version"]
    assert body["model"]


async def test_the_model_is_described_to_everyone(people: People) -> None:
    status, body = await people.rest("GET", "/model")
    assert status == 200
    _, health = await people.rest("GET", "/health")
    assert body["version"] == health["model"]


async def test_a_session_names_the_user_and_expires(people: People) -> None:
    name = unique("Ada")
    status, body = await people.rest("POST", "/session", json={"name": f"  {name} "})
    assert status == 201
    assert set(body) == {"token", "user", "expiresAt"}
    assert body["user"]["name"] == name
    assert body["user"]["id"]
    assert body["expiresAt"].endswith("Z")


async def test_a_page_of_another_origin_may_read_the_service_s_time(stack: RunningStack) -> None:
    async with aiohttp.ClientSession() as web, web.get(f"{stack.rest_url}/health") as answer:
        assert parsedate_to_datetime(answer.headers["Date"]).tzinfo is UTC
        assert set(answer.headers["Access-Control-Expose-Headers"].split(",")) == {"Date", "Retry-After"}


async def test_a_name_that_somebody_holds_is_refused_in_any_spelling(people: People) -> None:
    name = unique("ﬁona")
    await people.sign_in(name)
    for spelling in (name, name.upper(), name.replace("ﬁ", "fi")):
        status, body = await people.rest("POST", "/session", json={"name": spelling})
        assert (status, body["code"]) == (409, "name_taken"), spelling
        assert body["message"]


async def test_the_holder_of_a_token_renews_it_and_keeps_id_and_name(people: People) -> None:
    user, token = await people.sign_in(unique("Ada"))
    status, body = await people.rest("POST", "/session", token=token, json={})
    assert status == 201
    assert body["user"] == user
    assert (await people.rest("GET", "/rooms", token=body["token"]))[0] == 200


@pytest.mark.parametrize(
    "name",
    ["", "   ", "x" * 33, "a\u0007b", "a\u202eb", "\u200b", "\ufffc", "a" + "\u0301" * 8, None, 7, ["Ada"]],
    ids=[
        "empty",
        "blank",
        "33 long",
        "control",
        "bidi",
        "invisible",
        "object",
        "marks",
        "missing",
        "number",
        "list",
    ],
)
async def test_a_name_that_cannot_be_shown_is_invalid(people: People, name: object) -> None:
    status, body = await people.rest("POST", "/session", json={"name": name})
    assert (status, body["code"]) == (400, "invalid")
    assert "name" in body["message"]


@pytest.mark.parametrize(("body", "code"), [("{", "bad_json"), ("[1]", "invalid"), ("", "bad_json")])
async def test_a_session_needs_a_json_object(people: People, body: str, code: str) -> None:
    status, answer = await people.rest(
        "POST", "/session", data=body, headers={"Content-Type": "application/json"}
    )
    assert (status, answer["code"]) == (400, code)


@pytest.mark.parametrize("kind", ["application/xml", "application/octet-stream", "multipart/form-data"])
async def test_what_a_client_calls_its_body_does_not_matter(people: People, kind: str) -> None:
    headers = {"Content-Type": kind}
    status, answer = await people.rest("POST", "/session", data="{", headers=headers)
    assert (status, answer["code"]) == (400, "bad_json")
    _, token = await people.sign_in(unique("Ada"))
    status, answer = await people.rest("GET", "/rooms", token=token, headers=headers)
    assert status == 200, answer


@pytest.mark.parametrize("path", PROTECTED)
@pytest.mark.parametrize("token", [None, "forged", "eyJzdWIiOiJhIn0.AAAA"])
async def test_a_protected_route_refuses_whoever_has_no_token(
    people: People, path: str, token: str | None
) -> None:
    made = path.format_map(defaultdict(lambda: "f", room="general", seq="1"))
    status, body = await people.rest("GET", made, token=token)
    assert (status, body["code"]) == (401, "unauthorized")


async def test_a_token_cannot_be_renewed_by_somebody_who_forged_it(people: People) -> None:
    _, token = await people.sign_in(unique("Ada"))
    payload, _, signature = token.rpartition(".")
    forged = f"{payload}.{signature[::-1]}"
    status, body = await people.rest("POST", "/session", token=forged, json={"name": "x"})
    assert (status, body["code"]) == (401, "unauthorized")


@pytest.mark.parametrize("query", [{}, {"token": ""}, {"token": "forged"}, {"other": "x"}])
async def test_a_handshake_without_a_valid_token_is_refused(people: People, query: dict[str, str]) -> None:
    address = (await people.config())["websocketUrl"]
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await people.http.ws_connect(address, params=query)
    assert refused.value.status in (401, 403)
