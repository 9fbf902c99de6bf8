"""The deployed chat is used by the client that also tests the local stack."""

from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import aiohttp
import pytest

from deploy_extras import names
from testkit.client import unique
from tests.integration.deploy.deployed import Deployed
from tests.integration.deploy.visitors import Visitors


@pytest.fixture(scope="module")
def usable(deployed: Deployed) -> Deployed:
    """Tell the functions where `@connections` is: its name at AWS leads nowhere on this machine."""
    client = deployed.client("lambda")
    api = deployed.client("apigatewayv2").get_apis()["Items"][0]["ApiId"]
    for name in names.FUNCTIONS:
        function = names.function("dev", name)
        environment = client.get_function_configuration(FunctionName=function)["Environment"]
        endpoint = f"{deployed.ministack}/_aws/execute-api/{api}/api"
        environment["Variables"]["AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI"] = endpoint
        client.update_function_configuration(FunctionName=function, Environment=environment)
    return deployed


@pytest.fixture
async def visitors(usable: Deployed) -> AsyncIterator[Visitors]:
    async with aiohttp.ClientSession() as http:
        found = Visitors(http, usable, usable.status()["site"])
        yield found
        await found.leave()


async def test_the_page_comes_through_cloudfront_allowed_exactly_its_apis(
    visitors: Visitors,
) -> None:
    response, body = await visitors.page("/")
    assert response.status == 200
    assert b"<title>" in body
    policy = response.headers["Content-Security-Policy"]
    config = await visitors.config()
    rest = urlsplit(config["restUrl"]).netloc
    sources = next(p for p in policy.split("; ") if p.startswith("connect-src")).split()[1:]
    assert sources[:2] == ["'self'", f"https://{rest}"]
    assert sources[2].startswith("wss://")
    assert len(sources) == 3
    assert response.headers["Strict-Transport-Security"].startswith("max-age=63072000")


async def test_nobody_signs_in_without_the_access_code(visitors: Visitors) -> None:
    status, answer = await visitors.rest("POST", "/session", json={"name": "Mallory"})
    assert (status, answer["code"]) == (403, "access_denied")


async def test_two_people_talk_and_the_mood_is_seen(visitors: Visitors) -> None:
    room = unique("room")
    ada, ben = [await visitors.open(*await visitors.sign_in(unique("n"), accessCode="sesame")) for _ in "12"]
    await ada.join(room)
    await ben.join(room)
    said = await ada.say(room, "what a great day")
    heard = await ben.hears(room, "what a great day")
    assert heard["seq"] == said["seq"] == 1
    assert heard["sentiment"]["label"] == "positive"
    await ben.say(room, "this is awful")
    assert [m["text"] for m in await ada.log(room)] == ["what a great day", "this is awful"]
