"""What a browser says with which it wants to be pushed to."""

from typing import Any

import pytest

from testkit.rest import Rest
from testkit.world import World

PHONE, LAPTOP = "https://push.example.org/phone", "https://push.example.org/laptop"
KEYS = {"p256dh": "B" + "A" * 86, "auth": "A" * 22}
BODY = {"endpoint": PHONE, "keys": KEYS}


class House:
    """A chat in which Bob has browsers."""

    def __init__(self) -> None:
        self.world = World()
        self.rest = Rest(self.world)
        self.bob = self.world.chat.sessions.create("Bob", None, "127.0.0.1")

    def subscribe(self, body: dict[str, Any], token: str = "") -> tuple[int, dict[str, Any]]:
        status, answer = self.rest.call("PUT", "/push", token or self.bob.token, body)
        return status, answer


def test_a_browser_says_with_which_key_it_has_subscribed() -> None:
    house = House()
    keys, store = house.world.pushes.keys, house.world.pushes.subscriptions
    assert house.subscribe(BODY)[0] == 200
    assert house.subscribe({**BODY, "endpoint": LAPTOP, "key": keys.keys().present.public})[0] == 200
    known = store.of(house.bob.user.id)
    assert len(known) == 2
    assert {one.address.chat_key for one in known} == {keys.keys().present.public}
    status, answer = house.subscribe({**BODY, "key": "of another chat"})
    assert status == 400
    assert answer["message"] == "key is none of this chat's: subscribe anew with what GET /push answers"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        *(({"endpoint": wrong}, "endpoint") for wrong in ("http://push.example.org/x", 7)),
        ({"keys": None}, "keys"),
        ({"keys": {"auth": KEYS["auth"]}}, "keys.p256dh"),
        ({"rooms": ["general"]}, "rooms"),
        *(({"rooms": {"general": wrong}}, "general") for wrong in ("loud", None)),
        ({"rooms": {"No Room": "none"}}, "room"),
        ({"rooms": {f"room-{n}": "none" for n in range(201)}}, "200"),
    ],
)
def test_what_is_no_subscription_is_invalid(wrong: dict[str, Any], said: str) -> None:
    status, answer = House().subscribe({**BODY, **wrong})
    assert (status, answer["code"]) == (400, "invalid")
    assert said in answer["message"]


def test_a_bot_has_no_browser() -> None:
    house = House()
    _, bot = house.rest.call("POST", "/tokens", house.bob.token, {"name": "Hal", "hours": 1})
    assert house.subscribe(BODY, bot["token"])[1]["code"] == "forbidden"
