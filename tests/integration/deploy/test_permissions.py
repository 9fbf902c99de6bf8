"""Each function works with the permissions of its own role, which deny everything else."""

import base64
import json
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from chalicelib.adapters.clock import SystemClock
from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.purges import DynamoPurges
from chalicelib.adapters.dynamodb.table import Table
from chalicelib.adapters.pictures import S3Thumbnails
from chalicelib.domain.messages import User
from chalicelib.domain.previews import checked_thumbnail
from chalicelib.domain.purges import Purge
from deploy_extras.package import APP
from testkit.bot_server import Answer, BotServer
from testkit.fakes import CountedMetrics
from testkit.pages import PageServer, html
from testkit.push_service import PushService
from tests.integration.deploy import emulators
from tests.integration.deploy.forbidden import FORBIDDEN, KEY, MESSAGES, WITHOUT_TOKENS
from tests.integration.deploy.forks import forks
from tests.integration.deploy.guarded import DENIED, Guarded
from tests.unit.service.test_profiles import png

FILES = f"undertone-dev-files-{emulators.ACCOUNT}"


@pytest.fixture(scope="module")
def guarded(ministack_with_iam: str) -> Iterator[Guarded]:
    with forks("tests.integration.deploy.run_function", APP) as functions:
        yield Guarded(ministack_with_iam, functions)


def rest(
    method: str, path: str, token: str = "", body: dict[str, Any] | None = None, **parameters: str
) -> dict[str, Any]:
    headers = {"content-type": "application/json"} | ({"authorization": f"Bearer {token}"} if token else {})
    return {
        "resource": path,
        "path": path.format(**parameters),
        "httpMethod": method,
        "headers": headers,
        "multiValueHeaders": {},
        "multiValueQueryStringParameters": None,
        "pathParameters": parameters or None,
        "stageVariables": None,
        "requestContext": {"httpMethod": method, "resourcePath": path, "identity": {"sourceIp": "192.0.2.1"}},
        "body": json.dumps(body) if body else None,
        "isBase64Encoded": False,
    }


def frame(
    guarded: Guarded, route: str, body: dict[str, Any] | None = None, token: str = ""
) -> dict[str, Any]:
    context = {"connectionId": "abcdefgh=", "apiId": guarded.api, "stage": "api", "routeKey": route}
    return {
        "requestContext": {**context, "domainName": "example.invalid"},
        "queryStringParameters": {"token": token},
        "headers": {},
        "body": json.dumps(body),
        "isBase64Encoded": False,
    }


def subscribe(guarded: Guarded, room: str, user_id: str) -> None:
    """Let the connection have joined a room while it was open; it has no socket, so it cannot join itself."""
    dynamodb = emulators.client("dynamodb", guarded.url)
    person = {"user": {"S": user_id}, "name": {"S": "Bob"}}
    dynamodb.put_item(
        TableName="undertone-dev-connections",
        Item={"pk": {"S": f"subscribers#{room}#0"}, "sk": {"S": "abcdefgh="}, **person},
    )
    dynamodb.update_item(
        TableName="undertone-dev-connections",
        Key={"pk": {"S": "connection#abcdefgh="}, "sk": {"S": "connection"}},
        UpdateExpression="SET rooms.#room = :shard",
        ExpressionAttributeNames={"#room": room},
        ExpressionAttributeValues={":shard": {"N": "0"}},
    )


def test_each_function_works_with_its_own_role(guarded: Guarded) -> None:
    answer = guarded.run("api_handler", rest("POST", "/session", body={"name": "Ada"}))
    assert answer["statusCode"] == 201, answer
    token = json.loads(answer["body"])["token"]
    assert guarded.run("websocket_connect", frame(guarded, "$connect", token=token))["statusCode"] == 200
    join = {"action": "join", "room": "general"}
    assert guarded.run("websocket_message", frame(guarded, "$default", join))["statusCode"] == 200
    # This connection has no socket, so the answer to `join` removed it: connect again before the send.
    guarded.run("websocket_connect", frame(guarded, "$connect", token=token))
    send = {"action": "send", "room": "general", "id": "8d3f7c9e-0000-4000-8000-000000000001", "text": "hi"}
    guarded.run("websocket_connect", frame(guarded, "$connect", token=token))
    emulators.client("dynamodb", guarded.url).update_item(
        TableName="undertone-dev-connections",
        Key={"pk": {"S": "connection#abcdefgh="}, "sk": {"S": "connection"}},
        UpdateExpression="SET rooms.#room = :shard",
        ExpressionAttributeNames={"#room": "general"},
        ExpressionAttributeValues={":shard": {"N": "0"}},
    )
    guarded.run("websocket_message", frame(guarded, "$default", send))
    guarded.run("deliver", {"room": "general", "shard": 0, "endpoint": guarded.endpoint})
    guarded.run("websocket_connect", frame(guarded, "$connect", token=token))
    assert guarded.run("websocket_disconnect", frame(guarded, "$disconnect"))["statusCode"] == 200
    listed = guarded.run("api_handler", rest("GET", "/rooms", token))
    assert [(r["room"], r["lastSeq"]) for r in json.loads(listed["body"])["rooms"]] == [("general", 1)]


def test_a_room_is_made_changed_and_left_with_the_role_of_the_rest_function(guarded: Guarded) -> None:
    def ask(method: str, path: str, who: dict[str, Any], body: Any = None, **parameters: str) -> Any:
        answer = guarded.run("api_handler", rest(method, path, who["token"], body, **parameters))
        assert answer["statusCode"] in (200, 201), answer
        return json.loads(answer["body"])

    olga, bob = (
        json.loads(guarded.run("api_handler", rest("POST", "/session", body={"name": name}))["body"])
        for name in ("Olga", "Bob")
    )
    ask("POST", "/rooms", olga, {"room": "club", "access": "private"})
    member = {"room": "club", "user_id": bob["user"]["id"]}
    ask("PUT", "/rooms/{room}/members/{user_id}", olga, {"role": "member"}, **member)
    guarded.run("websocket_connect", frame(guarded, "$connect", token=bob["token"]))
    ask("PUT", "/rooms/{room}/members/{user_id}/mute", olga, {"minutes": 5}, **member)
    ask("PATCH", "/rooms/{room}", olga, {"topic": "books", "access": "open"}, room="club")
    subscribe(guarded, "club", bob["user"]["id"])
    here = ask("GET", "/rooms/{room}/people", olga, room="club")
    assert [person["name"] for person in here["people"]] == ["Bob"]
    ask("PATCH", "/rooms/{room}", olga, {"access": "private"}, room="club")
    marked = emulators.client("dynamodb", guarded.url).query(
        TableName="undertone-dev-connections",
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": "subscribers#club#0"}},
    )["Items"]
    assert [("member" in item, "version" in item) for item in marked] == [(True, False), (False, True)]
    history = {"action": "history", "room": "club"}
    assert guarded.run("websocket_message", frame(guarded, "$default", history))["statusCode"] == 200
    ask("DELETE", "/rooms/{room}/members/{user_id}", olga, **member)
    invite = ask("POST", "/rooms/{room}/invites", olga, {"uses": 1}, room="club")
    ask("POST", "/invites/{secret}", bob, secret=invite["invite"])
    guarded.run("deliver", {"news": "removed", "room": "club", "connections": ["abcdefgh="]})
    guarded.run("deliver", {"news": "closed", "room": "", "connections": ["abcdefgh="]})
    ask("DELETE", "/session", bob)


def test_a_mention_is_pushed_with_the_roles_of_the_three_functions(guarded: Guarded) -> None:
    def ask(method: str, path: str, token: str, body: Any = None, **parameters: str) -> Any:
        answer = guarded.run("api_handler", rest(method, path, token, body, **parameters))
        assert answer["statusCode"] == 200, answer
        return json.loads(answer["body"])

    ann, ben = (
        json.loads(guarded.run("api_handler", rest("POST", "/session", body={"name": name}))["body"])
        for name in ("Ann", "Ben")
    )
    with PushService().running() as service:
        gone = service.browser("/gone")
        service.statuses["/gone"] = 410
        assert ask("GET", "/push", ben["token"])["key"]
        ask("PUT", "/push", ben["token"], gone.subscription())
        guarded.run("websocket_connect", frame(guarded, "$connect", token=ann["token"]))
        subscribe(guarded, "garden", ann["user"]["id"])
        said = {
            "action": "send",
            "room": "garden",
            "id": "8d3f7c9e-0000-4000-8000-000000000002",
            "text": "hi",
        }
        guarded.run(
            "websocket_message", frame(guarded, "$default", {**said, "mentions": [ben["user"]["id"]]})
        )
        guarded.run("push", {"room": "garden", "seq": 1})
        assert [told["text"] for told in service.to(gone)] == ["hi"]
        guarded.run("push", {"room": "garden", "seq": 1})  # forgotten, for it is gone
        assert len(service.pushes) == 1
        kept = ask("PUT", "/push", ben["token"], service.browser("/kept").subscription())
        ask("DELETE", "/push/{subscription_id}", ben["token"], subscription_id=kept["id"])


def test_a_bot_is_called_and_answers_with_the_roles_of_the_functions(guarded: Guarded) -> None:
    """The emulator does not run functions: what one would have the next do is given to it here."""

    def ask(method: str, path: str, token: str, body: Any = None, **parameters: str) -> Any:
        answer = guarded.run("api_handler", rest(method, path, token, body, **parameters))
        assert answer["statusCode"] in (200, 201), answer
        return json.loads(answer["body"])

    cas = json.loads(guarded.run("api_handler", rest("POST", "/session", body={"name": "Cas"}))["body"])
    bot = ask("POST", "/tokens", cas["token"], {"name": "Dot", "hours": 1})["user"]
    with BotServer().running() as server:
        server.answers = [Answer(200, b"hello to you")]
        secret = ask(
            "PUT", "/tokens/{token_id}/webhook", cas["token"], {"url": server.url}, token_id=bot["id"]
        )["secret"]
        guarded.run("websocket_connect", frame(guarded, "$connect", token=cas["token"]))
        subscribe(guarded, "orchard", cas["user"]["id"])
        identifier = "8d3f7c9e-0000-4000-8000-000000000003"
        said = {"action": "send", "room": "orchard", "id": identifier, "text": "hi", "mentions": [bot["id"]]}
        guarded.run("websocket_message", frame(guarded, "$default", said))
        guarded.run("push", {"room": "orchard", "seq": 1})
        guarded.run("call", {"bot": bot["id"], "room": "orchard", "seq": 1})
        [called] = server.calls
        assert called.is_signed(secret)
    log = ask("GET", "/rooms/{room}/messages", cas["token"], room="orchard")["messages"]
    assert [message["text"] for message in log] == ["hi", "hello to you"]
    # Nobody listens there any more, and that is noted.
    assert guarded.run("call", {"bot": bot["id"], "test": True})["problem"]
    [noted] = ask("GET", "/tokens", cas["token"])["tokens"]
    assert noted["webhook"]["failed"]["inARow"] == 1


def test_a_page_is_previewed_with_the_roles_of_both_functions(guarded: Guarded) -> None:
    """The emulator does not run functions: what the one would be told is what the other answers."""
    with PageServer().running() as server:
        server.answers["/"] = html("<title>A page</title><meta property=og:image content=/a.png>")
        server.answers["/a.png"] = html(png(600, height=315), kind="image/png")
        told = guarded.run("preview", {"address": f"{server.origin}/"})["preview"]
    picture = checked_thumbnail(base64.b64decode(told.pop("picture")))
    assert picture is not None
    assert told["title"] == "A page"
    S3Thumbnails(guarded.client("api_handler", "s3"), FILES).put(picture)
    kept = emulators.client("s3", guarded.url).list_objects_v2(Bucket=FILES, Prefix="previews/")["Contents"]
    assert [one["Key"] for one in kept] == [f"previews/{picture.id}"]


def test_what_is_left_of_a_room_is_taken_away_with_the_role_of_the_function(guarded: Guarded) -> None:
    dynamodb, s3 = (emulators.client(service, guarded.url) for service in ("dynamodb", "s3"))
    messages = Table(dynamodb, MESSAGES, CountedMetrics())
    state = {"rules_version": 2, "last_place": 1, "archived": True, "not_open": True, "deleted": 1}
    messages.put(keys.room_state("gone"), state)
    messages.put(keys.about("gone"), {"access": "private", "archived": True, "deleted": True})
    messages.put(keys.member("gone", "u-ada"), {"user": "u-ada", "name": "Ada", "role": "owner"})
    messages.put(keys.entry("gone", 1), {"kind": "void"})
    purge = Purge("a-purge", "room", "gone", User("u-ada", "Ada"), asked=1)
    DynamoPurges(messages, SystemClock()).keep(purge)
    s3.put_object(Bucket=FILES, Key="files/gone/a-file", Body=b"x")
    guarded.run("purge", {"purge": "a-purge"})
    assert messages.get(keys.entry("gone", 1)) is None
    assert messages.get(keys.member("gone", "u-ada")) is None
    assert "Contents" not in s3.list_objects_v2(Bucket=FILES, Prefix="files/gone/")
    kept = DynamoPurges(messages, SystemClock()).find("a-purge")
    assert kept is not None
    assert kept.done


@pytest.mark.parametrize("act", FORBIDDEN)
def test_forbidden_actions_are_denied(guarded: Guarded, act: str) -> None:
    functions, call = FORBIDDEN[act]
    allowed = set()
    for function in functions:
        try:
            call(lambda service, function=function: guarded.client(function, service))  # type: ignore[misc]
        except ClientError as error:
            status = error.response["ResponseMetadata"]["HTTPStatusCode"]
            if error.response["Error"]["Code"] in DENIED or status == 403:
                continue
        allowed.add(function)
    assert not allowed


@pytest.mark.parametrize("function", sorted(WITHOUT_TOKENS - {"preview"}))
def test_what_is_beside_the_keys_of_tokens_can_be_read(guarded: Guarded, function: str) -> None:
    guarded.client(function, "dynamodb").get_item(TableName=MESSAGES, Key=KEY)
