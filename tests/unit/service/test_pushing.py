"""Who is pushed to: those whom a message concerns, who want it, may read it and do not look."""

import json
from typing import Any

import pytest

from chalicelib.domain.messages import User
from chalicelib.domain.pushing import KEPT_SECONDS, MAX_SUBSCRIPTIONS, PAYLOAD_BYTES
from chalicelib.domain.sessions import Session
from chalicelib.metrics import Metric
from chalicelib.service.keeping import Description
from chalicelib.service.push_ports import Outcome
from testkit.rest import Rest
from testkit.world import Client, World

MESSAGE = "8d3f7c9e-0000-4000-8000-0000000000{:02d}"
POINT, SECRET = "B" + "A" * 86, "A" * 22
PHONE = "https://push.example.org/phone"


class House:
    """A chat in which Ada writes and Bob's browsers are pushed to; they have a direct room."""

    def __init__(self) -> None:
        self.world = World()
        self.rest = Rest(self.world)
        self.ada, self.bob = self.sign_in("Ada"), self.sign_in("Bob")
        self.keeping = self.world.chat.house().keeping
        self.direct = self.keeping.direct(self.ada, [self.bob.user.id])[0].room
        self.client = self.world.connect(self.ada.token, "general", self.direct)
        self._said = 0

    def sign_in(self, name: str) -> Session:
        return self.world.chat.sessions.create(name, None, "127.0.0.1")

    def subscribe(self, endpoint: str = PHONE, session: Session | None = None, **more: Any) -> str:
        body = {"endpoint": endpoint, "keys": {"p256dh": POINT, "auth": SECRET}, **more}
        status, answer = self.rest.call("PUT", "/push", (session or self.bob).token, body)
        assert status == 200, answer
        return str(answer["id"])

    def say(self, room: str = "general", text: str = "hello", **fields: Any) -> list[dict[str, Any]]:
        """Let Ada say something that mentions Bob unless told otherwise; return what was pushed."""
        given = {"mentions": [self.bob.user.id], **fields}
        self._said += 1
        self.client.send(action="send", room=room, id=MESSAGE.format(self._said), text=text, **given)
        return self.pushed()

    def pushed(self) -> list[dict[str, Any]]:
        self.world.run_delivery()
        found = [{"to": to, **json.loads(payload)} for to, payload in self.world.pusher.pushed]
        self.world.pusher.pushed.clear()
        return found

    def choose(self, room: str, level: str | None) -> None:
        """Let Bob choose what he wants to hear of a room."""
        status, answer = self.rest.call("PUT", f"/rooms/{room}/mine", self.bob.token, {"notices": level})
        assert status == 200, answer

    def mention(self, text: str, who: User | None = None) -> None:
        told = [(who or self.bob.user).id]
        self.client.send(action="send", room="general", id=MESSAGE.format(9), text=text, mentions=told)

    def connect(self) -> Client:
        return self.world.connect(self.bob.token, "general")


def test_a_mention_reaches_every_browser_of_who_is_mentioned() -> None:
    house = House()
    house.subscribe()
    house.subscribe("https://push.example.org/laptop")
    about = {"room": "general", "seq": 1, "id": MESSAGE.format(1), "name": "Ada", "title": "general"}
    assert house.say(text="hello") == [
        {"to": to, **about, "text": "hello", "unread": 1} for to in (PHONE, "https://push.example.org/laptop")
    ]
    assert house.world.metrics.counted[Metric.PUSHES_SENT] == 2


def test_a_direct_message_reaches_the_others_of_its_room() -> None:
    house = House()
    house.subscribe()
    house.subscribe("https://push.example.org/of-ada", house.ada)
    [told] = house.say(house.direct, mentions=[])
    assert (told["to"], told["name"], told["title"]) == (PHONE, "Ada", None)


def test_nothing_is_invoked_for_a_message_that_concerns_nobody() -> None:
    house = House()
    house.say(mentions=[])
    house.mention("x", house.ada.user)
    assert house.world.invoker.pushed == []


def test_a_retried_message_is_pushed_once() -> None:
    house = House()
    house.subscribe()
    for _ in range(2):
        house.mention("x")
    assert len(house.pushed()) == 1


@pytest.mark.parametrize(
    ("level", "mention", "in_room", "in_direct"),
    [
        (None, False, 0, 1),
        (None, True, 1, 1),
        ("all", False, 0, 1),
        ("all", True, 1, 1),
        ("mentions", False, 0, 0),
        ("mentions", True, 1, 1),
        ("none", False, 0, 0),
        ("none", True, 0, 0),
    ],
)
def test_the_choice_for_a_room_is_obeyed(
    level: str | None, mention: bool, in_room: int, in_direct: int
) -> None:
    house = House()
    for room, wanted in (("general", in_room), (house.direct, in_direct)):
        house.subscribe(rooms={room: level} if level else {})
        assert len(house.say(room, mentions=[house.bob.user.id] if mention else [])) == wanted


@pytest.mark.parametrize(
    ("chosen", "of_browser", "plain", "mentioned"),
    [
        ("all", None, 1, 1),
        ("all", "all", 1, 1),
        ("all", "mentions", 0, 1),
        ("all", "none", 0, 0),
        ("none", None, 0, 0),
        ("none", "mentions", 0, 1),
        ("mentions", "all", 0, 1),
    ],
)
def test_what_is_chosen_everywhere_holds_where_a_browser_has_no_choice_of_its_own(
    chosen: str, of_browser: str | None, plain: int, mentioned: int
) -> None:
    house = House()
    house.choose("general", chosen)
    house.subscribe(rooms={"general": of_browser} if of_browser else {})
    assert len(house.say(mentions=[])) == plain
    assert len(house.say()) == mentioned


@pytest.mark.parametrize(("chosen", "plain"), [("all", 1), ("mentions", 0), ("none", 0), (None, 1)])
def test_the_choice_for_a_direct_room_is_obeyed(chosen: str | None, plain: int) -> None:
    house = House()
    house.subscribe()
    house.choose(house.direct, "none")
    house.choose(house.direct, chosen)
    assert len(house.say(house.direct, mentions=[])) == plain


def test_who_hears_every_message_hears_what_hooks_say_too_and_nothing_of_their_own() -> None:
    house = House()
    house.subscribe()
    house.choose("general", "all")
    _, hook = house.rest.call("POST", "/rooms/general/hooks", house.ada.token, {"name": "CI"})
    house.rest.call("POST", "/hooks/" + hook["url"].rpartition("/")[2], None, {"text": "green"})
    assert [one["text"] for one in house.pushed()] == ["green"]
    house.connect().say("general", "mine", MESSAGE.format(50))
    house.world.clock.sleep(120)
    assert house.pushed() == []


def test_nothing_is_invoked_any_more_once_nobody_hears_every_message() -> None:
    house = House()
    house.choose("general", "all")
    house.choose("general", "mentions")
    house.say(mentions=[])
    assert house.world.invoker.pushed == []


def test_who_looks_is_not_pushed_to_and_who_has_left_is() -> None:
    house = House()
    house.subscribe()
    page = house.connect()
    page.send(action="ping")
    assert house.say() == []
    house.world.clock.sleep(91)  # hidden: it pings more seldom
    assert len(house.say()) == 1
    page.send(action="ping")
    assert house.say() == []
    page.disconnect()
    assert len(house.say()) == 1


def test_a_mention_tells_a_stranger_nothing_of_a_private_room() -> None:
    house = House()
    house.subscribe()
    house.keeping.create(house.ada, "den", Description(title="The Den", access="private"))
    house.client.send(action="join", room="den")
    assert house.say("den") == []
    house.keeping.put_member(house.ada, "den", house.bob.user.id, "member")
    [told] = house.say("den")
    assert told["title"] == "The Den"


def test_a_browser_is_forgotten_with_its_session() -> None:
    house = House()
    house.subscribe()
    again = house.sign_in("Bobby")
    house.rest.call("DELETE", "/session", house.bob.token)
    assert house.say() == []
    assert house.world.pushes.subscriptions.of(house.bob.user.id) == []
    assert again.user.id != house.bob.user.id


def test_a_browser_that_is_gone_is_forgotten_and_one_that_fails_is_not() -> None:
    house = House()
    house.subscribe()
    house.subscribe("https://push.example.org/gone")
    house.world.pusher.outcomes |= {PHONE: Outcome.FAILED, "https://push.example.org/gone": Outcome.GONE}
    assert len(house.say()) == 2
    assert [one["to"] for one in house.say()] == [PHONE]
    counted = house.world.metrics.counted
    assert (counted[Metric.PUSHES_GONE], counted[Metric.PUSHES_FAILED]) == (1, 2)


def test_the_browsers_that_were_renewed_last_are_kept() -> None:
    house = House()
    for number in range(MAX_SUBSCRIPTIONS + 2):
        house.world.clock.sleep(1)
        house.subscribe(f"https://push.example.org/{number}")
        house.subscribe("https://push.example.org/0")  # renewed again and again
    found = [one["to"].rpartition("/")[2] for one in house.say()]
    assert sorted(found, key=int) == ["0", *(str(n) for n in range(3, MAX_SUBSCRIPTIONS + 2))]


def test_a_browser_that_nobody_renews_is_forgotten() -> None:
    house = House()
    house.subscribe()
    house.world.clock.sleep(KEPT_SECONDS + 1)
    assert house.world.pushes.subscriptions.of(house.bob.user.id) == []


def test_a_browser_is_dropped_by_its_owner_alone() -> None:
    house = House()
    identifier = house.subscribe()
    assert house.rest.call("DELETE", f"/push/{identifier}", house.ada.token)[0] == 404
    assert len(house.say()) == 1
    assert house.rest.call("DELETE", f"/push/{identifier}", house.bob.token)[0] == 200
    assert house.say() == []
    assert house.rest.call("DELETE", f"/push/{identifier}", house.bob.token)[0] == 404


@pytest.mark.parametrize("text", ["hello", "x" * 4000, "\U0001f600" * 1000, "\\" * 4000, "\n" * 3999 + "x"])
def test_every_push_has_the_same_length_and_the_beginning_of_the_message(text: str) -> None:
    house = House()
    house.subscribe()
    house.mention(text)
    house.world.run_delivery()
    [(_, payload)] = house.world.pusher.pushed
    assert len(payload) == PAYLOAD_BYTES
    assert json.loads(payload)["text"] == text[:140]


def test_a_deleted_message_is_not_pushed() -> None:
    house = House()
    house.subscribe()
    house.mention("x")
    house.client.send(action="delete", room="general", seq=1)
    assert house.pushed() == []
