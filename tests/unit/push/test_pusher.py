"""What a push service gets and what its answers mean; nothing reaches an address that was not checked."""

import json
import ssl
import threading
from collections.abc import Collection, Iterator
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from chalicelib.adapters.push import WebPusher
from chalicelib.adapters.push.encryption import decoded, encoded, new_key
from chalicelib.domain.pushing import PAYLOAD_BYTES, Push, PushAddress, PushKeys
from chalicelib.errors import Invalid
from chalicelib.service.push_ports import Outcome
from testkit.clock import FakeClock
from testkit.push_service import Browser, PushService
from tests.unit.poster.test_tls import Certificate, certificate  # noqa: F401 # a fixture

PAYLOAD = json.dumps({"text": "hello"}).encode().ljust(PAYLOAD_BYTES)
KEY = new_key()


class Keys:
    def __init__(self, known: PushKeys) -> None:
        self._known = known

    def keys(self, needed: Collection[str] = ()) -> PushKeys:
        return self._known


def pusher(known: PushKeys = PushKeys(KEY), /, **options: Any) -> WebPusher:  # noqa: B008 # never changed
    return WebPusher(Keys(known), FakeClock(), "https://chat.example.org/", **{"loopback": True, **options})


def address(browser: Browser) -> PushAddress:
    told = browser.subscription()
    return PushAddress(told["endpoint"], **told["keys"])


def told(*addresses: PushAddress) -> list[Push]:
    return [Push(one, PAYLOAD) for one in addresses]


@pytest.fixture
def service() -> Iterator[PushService]:
    with PushService().running() as running:
        yield running


def test_a_browser_is_pushed_to_with_the_key_with_which_it_subscribed(service: PushService) -> None:
    newer, newest = new_key(), new_key()
    subscribed = address(service.browser("/phone"))
    rotated, twice = PushKeys(newer, KEY, 1), PushKeys(newest, newer, 2)
    for known, chat_key, used in (
        (rotated, KEY.public, KEY),
        (rotated, newer.public, newer),
        (rotated, "", KEY),
        (twice, newer.public, newer),
    ):
        assert pusher(known).push(told(subscribed._replace(chat_key=chat_key))) == [Outcome.SENT]
        assert service.pushes[-1].headers["authorization"].endswith(f"k={used.public}")
    assert pusher(twice).push(told(subscribed._replace(chat_key=KEY.public))) == [Outcome.GONE]
    assert len(service.pushes) == 4


def test_a_push_is_encrypted_for_its_browser_and_signed_for_its_service(service: PushService) -> None:
    phone, laptop = service.browser("/phone"), service.browser("/laptop?a=b")
    assert pusher().push(told(address(phone), address(laptop))) == [Outcome.SENT] * 2
    assert service.to(phone) == service.to(laptop) == [{"text": "hello"}]
    assert len({len(push.body) for push in service.pushes}) == 1
    for push in service.pushes:
        assert b"hello" not in push.body
        assert push.headers["content-encoding"] == "aes128gcm"
        assert push.headers["host"] == f"127.0.0.1:{service.port}"
        assert (int(push.headers["ttl"]), push.headers["urgency"]) == (24 * 3600, "high")
        scheme, _, proof = push.headers["authorization"].partition(" ")
        proved = dict(part.split("=", 1) for part in proof.split(", "))
        point = decoded(proved["k"])
        assert (scheme, proved["k"]) == ("vapid", KEY.public)
        public: dict[str, Any] = {
            "kty": "EC",
            "crv": "P-256",
            "x": encoded(point[1:33]),
            "y": encoded(point[33:]),
        }
        token = jwt.decode(proved["t"], ECKey.import_key(public), algorithms=["ES256"])
        now = FakeClock().now() // 1000
        assert token.claims == {
            "aud": service.origin,
            "exp": now + 12 * 3600,
            "sub": "https://chat.example.org/",
        }


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Outcome.SENT),
        (202, Outcome.SENT),
        (404, Outcome.GONE),
        (410, Outcome.GONE),
        (403, Outcome.FAILED),
        (429, Outcome.FAILED),
        (500, Outcome.FAILED),
    ],
)
def test_an_answer_means_what_its_status_says(service: PushService, status: int, outcome: Outcome) -> None:
    browser = service.browser("/browser")
    service.statuses["/browser"] = status
    assert pusher().push(told(address(browser))) == [outcome]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(service: PushService, status: int) -> None:
    browser = service.browser("/browser")
    service.statuses["/browser"] = status
    service.location = f"{service.origin}/elsewhere"
    assert pusher().push(told(address(browser))) == [Outcome.FAILED]
    assert [push.path for push in service.pushes] == ["/browser"]


def test_a_service_that_says_nothing_holds_up_nobody_else(service: PushService) -> None:
    slow, quick = service.browser("/slow"), service.browser("/quick")
    service.pauses["/slow"] = threading.Event()
    found = pusher(all_seconds=1.0).push(told(address(slow), address(quick)))
    assert found == [Outcome.FAILED, Outcome.SENT]


def test_nobody_is_asked_at_an_address_that_is_not_public(service: PushService) -> None:
    """Whatever the name leads to now: it led elsewhere when the browser subscribed."""
    endpoint = "https://push.example.org/x"
    subscribed = address(service.browser("/x"))._replace(endpoint=endpoint)
    for found in ("127.0.0.1", "169.254.169.254", "::1"):
        refusing = pusher(loopback=False, resolver=lambda *_, found=found: [found])
        assert refusing.push(told(subscribed)) == [Outcome.FAILED]
    assert service.pushes == []


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    with PushService("127.0.0.2").running() as checked, PushService(port=checked.port).running() as other:
        browser = Browser(f"http://localhost:{checked.port}", "/x")
        sending = pusher(resolver=lambda *_: ["127.0.0.2"])
        assert sending.push(told(address(browser))) == [Outcome.SENT]
        assert (len(checked.pushes), len(other.pushes)) == (1, 0)
        assert checked.pushes[0].headers["host"] == f"localhost:{checked.port}"


def test_the_certificate_must_be_that_of_the_name(certificate: Certificate) -> None:  # noqa: F811
    path, context = certificate

    def trusted() -> ssl.SSLContext:
        return ssl.create_default_context(cafile=path)

    with PushService(tls=context).running() as service:
        named = address(Browser(f"https://localhost:{service.port}", "/x"))
        unnamed = address(Browser(f"https://127.0.0.1:{service.port}", "/x"))
        here = {"resolver": lambda *_: ["127.0.0.1"]}
        assert pusher(trusted=trusted, **here).push(told(named, unnamed)) == [
            Outcome.SENT,
            Outcome.FAILED,
        ]
        assert pusher(**here).push(told(named)) == [Outcome.FAILED]  # signed by nobody that is trusted
        assert len(service.pushes) == 1


def test_keys_that_are_none_end_a_subscription(service: PushService) -> None:
    nowhere = address(service.browser("/x"))._replace(p256dh=encoded(b"\x04" + bytes(64)))
    pusher().check(nowhere)  # of the right length, but no point of the curve
    assert pusher().push(told(nowhere)) == [Outcome.GONE]
    assert service.pushes == []


@pytest.mark.parametrize("name", ["p256dh", "auth"])
@pytest.mark.parametrize("value", ["", "AAAA", "!" * 22, "A" * 300])
def test_keys_of_another_length_are_refused_at_once(service: PushService, name: str, value: str) -> None:
    with pytest.raises(Invalid, match=f"keys.{name} must be"):
        pusher().check(address(service.browser("/x"))._replace(**{name: value}))
