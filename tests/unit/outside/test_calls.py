"""Whatever is at a bot's address, a call is signed, bounded, and goes to no network of ours."""

import ssl
from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.adapters.outside.calls import MAX_ANSWER_BYTES, WebhookCaller
from chalicelib.domain.access import About
from chalicelib.domain.messages import Message, User
from chalicelib.domain.webhooks import Call, Press, Webhook, new_secret
from chalicelib.errors import Invalid
from chalicelib.service.webhook_ports import CallAnswer, CallFailedError
from testkit.bot_server import Answer, BotServer
from testkit.clock import FakeClock
from tests.unit.poster.test_tls import Certificate, certificate  # noqa: F401 # a fixture

PATIENCE_SECONDS = 30.0
ADA, HAL = User("ada", "Ada"), User("hal", "Hal", bot=True)
MESSAGE = Message(
    "garden", 7, 7, "8d3f", ADA, "@Hal hello", "2026-11-30T10:00:00.000Z", None, mentions=(HAL,)
)
CALL = Call("an-id", "mention", HAL, About("The garden"), MESSAGE)


@pytest.fixture
def server() -> Iterator[BotServer]:
    with BotServer().running() as running:
        yield running


def call(url: str, said: Call = CALL, seconds: float = PATIENCE_SECONDS, **options: Any) -> CallAnswer:
    caller = WebhookCaller(FakeClock(), **{"loopback": True, **options})
    return caller.call(Webhook(url, new_secret()), said, seconds)


def test_a_call_is_signed_and_says_what_clients_get(server: BotServer) -> None:
    server.answers = [Answer(200, "héllo".encode())]
    clock, secret = FakeClock(), new_secret()
    said = WebhookCaller(clock, loopback=True).call(Webhook(server.url, secret), CALL, PATIENCE_SECONDS)
    assert said == CallAnswer("text/plain", "héllo".encode())
    [called] = server.calls
    assert called.is_signed(secret)
    assert not called.is_signed(new_secret())
    assert called.headers["webhook-id"] == "an-id"
    assert called.headers["webhook-timestamp"] == str(clock.now() // 1000)
    assert called.told["reason"] == "mention"
    assert called.told["bot"] == {"id": "hal", "name": "Hal", "bot": True}
    assert (called.told["room"]["room"], called.told["room"]["title"]) == ("garden", "The garden")
    assert (called.told["message"]["seq"], called.told["message"]["text"]) == (7, "@Hal hello")
    assert called.told["message"]["user"] == {"id": "ada", "name": "Ada"}


def test_a_press_says_what_was_pressed_and_by_whom(server: BotServer) -> None:
    call(server.url, CALL._replace(reason="press", press=Press("an-id", "approve", ADA)))
    assert server.calls[0].told["press"] == {"value": "approve", "user": {"id": "ada", "name": "Ada"}}


@pytest.mark.parametrize(
    ("answer", "problem", "again"),
    [
        (Answer(302, location="https://elsewhere.example.org/"), "status 302", False),
        (Answer(404), "status 404", False),
        (Answer(429), "status 429", True),
        (Answer(503), "status 503", True),
        (Answer(200, b"x" * (MAX_ANSWER_BYTES + 1)), "more than 64 KiB", False),
    ],
)
def test_an_answer_that_is_none_says_what_it_was(
    server: BotServer, answer: Answer, problem: str, again: bool
) -> None:
    server.answers = [answer]
    with pytest.raises(CallFailedError, match=problem) as raised:
        call(server.url)
    assert raised.value.again is again
    assert len(server.calls) == 1, "a redirect was followed"


def test_a_bot_that_keeps_the_connection_open_is_left(server: BotServer) -> None:
    server.pause.clear()
    with pytest.raises(CallFailedError, match=r"longer than 0\.3 s") as raised:
        call(server.url, seconds=0.3)
    assert raised.value.again


def test_where_nobody_listens_is_told_without_an_address(server: BotServer) -> None:
    with BotServer().running() as gone:
        url = gone.url
    with pytest.raises(CallFailedError, match=r"^it was not reached: nobody listens at its address$"):
        call(url)


@pytest.mark.parametrize("address", ["10.0.0.1", "169.254.169.254", "127.0.0.1", "::1", "fd00::1"])
def test_a_name_that_leads_into_a_network_of_ours_is_not_called(address: str) -> None:
    with pytest.raises(CallFailedError, match=r"^its host is no host on the Internet$") as raised:
        call("https://bot.example.org/", loopback=False, resolver=lambda *_: [address])
    assert not raised.value.again


def test_a_certificate_of_nobody_is_refused(certificate: Certificate) -> None:  # noqa: F811
    file, tls = certificate
    with BotServer("localhost", tls).running() as server:
        with pytest.raises(CallFailedError, match="certificate is not valid"):
            call(server.url)
        assert not server.calls
        trusted = ssl.create_default_context(cafile=str(file))
        assert call(server.url, trusted=lambda: trusted).body == b""


@pytest.mark.parametrize(
    "url",
    [
        "http://bot.example.org/",
        "https://bot.example.org:8443/",
        "https://ada@bot.example.org/",
        "https://bot.example.org/#part",
        "https://bot.example.org/" + "x" * 1024,
        "ftp://bot.example.org/",
        "bot.example.org",
    ],
)
def test_an_address_that_may_not_be_called_is_refused_when_it_is_set(url: str) -> None:
    with pytest.raises(Invalid, match="begins with https://"):
        WebhookCaller(FakeClock()).check(url)
