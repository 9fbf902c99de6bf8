"""An application that was written for AWS and not for this stack runs unmodified."""

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from local.testing import RunningStack, running_stack

APP = Path(__file__).parent / "apps" / "foreign"


@pytest.fixture(scope="module")
def foreign() -> Iterator[RunningStack]:
    with running_stack(
        app=APP,
        template=APP / "resources.json",
        env={"SET": "by the command line"},
        arguments=["--no-reload", "--identity", 'people={"sub": "1", "email": "ada@example.org"}'],
    ) as running:
        yield running


async def get(session: Any, foreign: RunningStack, path: str) -> Any:
    async with session.get(foreign.rest_url + path) as response:
        assert response.status == 200, await response.text()
        return await response.json()


async def test_requirements_win_but_for_chalice_itself(session: Any, foreign: Any) -> None:
    assert await get(session, foreign, "/versions") == {
        "boto3": "1.15.18",
        "chalice": version("chalice"),
        "greeting": "hello you",
    }


async def test_an_old_boto3_finds_the_local_services(session: Any, foreign: Any) -> None:
    tables = await get(session, foreign, "/tables")
    assert tables == {"at_import": ["ForeignItems"], "kept": {"pk": "1", "text": "grüße"}}
    assert await get(session, foreign, "/files") == {"content": "content", "keys": ["a/b c", "other"]}
    assert await get(session, foreign, "/invoke") == 42


async def test_an_old_boto3_posts_to_the_local_connection(session: Any, foreign: Any) -> None:
    async with session.ws_connect(foreign.ws_url) as socket:
        await socket.send_str("hello")
        assert await socket.receive_str(timeout=30) == "hello ForeignItems"


async def test_functions_get_the_variables_of_the_template(session: Any, foreign: Any) -> None:
    assert await get(session, foreign, "/variables") == {
        "TABLE": "ForeignItems",
        "TABLE_ARN": "arn:aws:dynamodb:us-east-1:000000000000:table/ForeignItems",
        "BUCKET_URL": "s3://foreign-files/us-east-1",
        "DOUBLE": "arn:aws:lambda:us-east-1:000000000000:function:foreign-dev-double",
        "LIMIT": "10",
        "GREETING": "from the template",
        "TOPIC": None,
        "SET": "by the command line",
    }
    assert not foreign.outputs


def test_what_is_not_as_on_aws_is_said_at_the_start(foreign: Any) -> None:
    notes = [line for line in foreign.output.splitlines() if line.startswith("Note: ")]
    assert notes == [
        "Note: rest: no variable TOPIC, for the template takes it from NewsTopic, which is not here; "
        "--env TOPIC=… sets it",
        'Note: everybody is {"sub": "1", "email": "ada@example.org"} for the Cognito user pool authorizer '
        "'people': GET /people",
        "Note: GET /signed: refused with 403, for an AWS signature (IAM) cannot be asked here; "
        "--identity 'IAM={…}' states who calls",
        f"Note: the API key of GET /keyed is {foreign.api_key} (header x-api-key)",
    ]


async def ask(session: Any, foreign: Any, method: str, path: str, **headers: str) -> tuple[int, Any]:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    async with session.request(method, foreign.rest_url + path, headers=sent) as response:
        return response.status, await response.json()


async def test_a_built_in_authorizer_decides_and_tells_the_view_who_calls(session: Any, foreign: Any) -> None:
    who = {"level": "3", "principalId": "ada"}
    assert await ask(session, foreign, "GET", "/guarded", X_Token="ada") == (200, who)
    denied = (403, {"Message": "User is not authorized to access this resource"})
    assert await ask(session, foreign, "GET", "/guarded/1", X_Token="ada") == denied
    assert (await ask(session, foreign, "GET", "/guarded/1", X_Token="admin"))[0] == 200
    assert await ask(session, foreign, "GET", "/guarded") == (401, {"message": "Unauthorized"})
    assert (await ask(session, foreign, "GET", "/guarded", X_Token="unknown"))[0] == 401
    assert await ask(session, foreign, "GET", "/guarded", X_Token="raise") == (500, {"message": None})


async def test_an_authorizer_that_is_not_here_is_a_stated_identity_or_refuses(
    session: Any, foreign: Any
) -> None:
    claims = {"sub": "1", "email": "ada@example.org"}
    assert await ask(session, foreign, "GET", "/people") == (200, claims)
    status, body = await ask(session, foreign, "GET", "/signed", Authorization="AWS4-HMAC-SHA256 x")
    assert status == 403 and "--identity 'IAM={…}'" in body["message"]


async def test_the_printed_key_opens_a_route_that_requires_one(session: Any, foreign: Any) -> None:
    assert await ask(session, foreign, "GET", "/keyed") == (403, {"message": "Forbidden"})
    key = foreign.api_key
    assert await ask(session, foreign, "GET", "/keyed", x_api_key=key) == (200, {"key": key})


async def test_an_explicit_endpoint_of_aws_is_the_local_service_as_well(session: Any, foreign: Any) -> None:
    assert await get(session, foreign, "/explicit") == ["ForeignItems"]


@pytest.mark.parametrize(
    ("host", "sentence"),
    [
        ("s3.amazonaws.com", "s3.amazonaws.com is AWS itself"),
        ("cognito-idp.us-east-1.amazonaws.com", "cognito-idp.us-east-1.amazonaws.com is AWS itself"),
        ("169.254.169.254", "169.254.169.254 is a metadata service of AWS"),
    ],
)
async def test_nothing_else_reaches_aws_either(session: Any, foreign: Any, host: str, sentence: str) -> None:
    assert sentence in (await get(session, foreign, f"/outside/{host}"))["error"]


async def test_what_lies_beside_app_py_is_missing_while_functions_run(session: Any, foreign: Any) -> None:
    module, file = await get(session, foreign, "/beside")
    assert module.startswith("ModuleNotFoundError: No module named 'helpers': helpers.py lies beside app.py")
    assert file.startswith("FileNotFoundError: ") and "lies beside app.py" in file


async def test_running_functions_are_not_in_chalices_cli_mode(session: Any, foreign: Any) -> None:
    assert (await get(session, foreign, "/mode"))["cli"] is None
