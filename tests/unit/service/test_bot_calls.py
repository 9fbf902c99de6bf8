"""Bots are called by who mentions them or writes to them directly, and what they answer is posted once."""

import json
from typing import Any

import pytest

from chalicelib.domain.sessions import Session
from chalicelib.domain.webhooks import MAX_FAILURES
from chalicelib.metrics import Metric
from chalicelib.service.bot_calls import PAUSES_SECONDS, PER_MINUTE
from chalicelib.service.keeping import Description
from chalicelib.service.webhook_ports import CallAnswer, CallFailedError
from testkit.rest import Rest
from testkit.world import World

MESSAGE = "8d3f7c9e-0000-4000-8000-0000000{:05d}"
URL = "https://bot.example.org/undertone"
DOWN = CallFailedError("it answered with status 503", again=True)
BUTTONS = "Deploy 1.2?\n[Approve](undertone:approve) [Reject](undertone:reject)"


class House:
    """Ada has the bot Hal, who has an address, and writes in a room and in a direct room with him."""

    def __init__(self) -> None:
        self.world = World()
        self.rest = Rest(self.world)
        self.caller = self.world.caller
        self.ada = self.world.chat.sessions.create("Ada", None, "127.0.0.1")
        self.hal = self.make("Hal")
        self.keeping = self.world.chat.house().keeping
        self.direct = self.keeping.direct(self.ada, [self.hal.user.id])[0].room
        self.client = self.world.connect(self.ada.token, "general", self.direct)
        self._said = 0

    def make(self, name: str) -> Session:
        bot = self.world.chat.house().bots.make(self.ada, name, hours=24)
        self.ok("PUT", f"/tokens/{bot.user.id}/webhook", {"url": URL})
        return bot

    def ok(self, method: str, path: str, body: Any = None, by: Session | None = None) -> Any:
        status, answer = self.rest.call(method, path, (by or self.ada).token, body)
        assert status == 200, answer
        return answer

    def say(self, text: str = "hello", room: str = "general", **fields: Any) -> None:
        self._said += 1
        given = {"mentions": [self.hal.user.id], **fields}
        self.client.send(action="send", room=room, id=MESSAGE.format(self._said), text=text, **given)
        self.world.run_delivery()

    def log(self, room: str = "general") -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ok("GET", f"/rooms/{room}/messages")["messages"]
        return found

    def webhook(self) -> Any:
        return self.ok("GET", "/tokens")["tokens"][0]["webhook"]


def test_a_mention_calls_the_bot_and_its_answer_is_a_reply() -> None:
    house = House()
    house.caller.answers = ["Good morning, Ada."]
    house.say("good morning")
    [call] = house.caller.calls
    assert (call.reason, call.bot.name, call.message and call.message.text) == (
        *("mention", "Hal"),
        "good morning",
    )
    [asked, said] = house.log()
    assert (said["text"], said["user"]["id"]) == ("Good morning, Ada.", house.hal.user.id)
    assert (said["replyTo"]["seq"], said["replyTo"]["text"]) == (asked["seq"], "good morning")
    assert house.client.events[-1]["messages"][-1]["seq"] == said["seq"], "nobody was told"
    assert house.world.metrics.counted[Metric.BOT_CALLS_ANSWERED] == 1


def test_in_a_direct_room_everything_calls_and_elsewhere_what_mentions() -> None:
    house = House()
    house.say("nobody", mentions=[])
    assert house.caller.calls == []
    house.say("you", house.direct, mentions=[])
    assert [call.reason for call in house.caller.calls] == ["direct"]


def test_bots_do_not_call_bots() -> None:
    house = House()
    eve = house.make("Eve")
    bot = house.world.connect(house.hal.token, "general")
    bot.send(action="send", room="general", id=MESSAGE.format(900), text="@Eve", mentions=[eve.user.id])
    house.world.run_delivery()
    assert house.caller.calls == []
    house.say("both of you", mentions=[house.hal.user.id, eve.user.id])
    assert [call.bot.name for call in house.caller.calls] == ["Hal", "Eve"]


def test_a_bot_hears_nothing_of_rooms_that_do_not_exist_for_it() -> None:
    house = House()
    house.keeping.create(house.ada, "den", Description(access="private"))
    house.client.send(action="join", room="den")
    house.say("psst", "den")
    assert house.caller.calls == []
    house.ok("PUT", f"/rooms/den/members/{house.hal.user.id}", {"role": "member"})
    house.say("welcome", "den")
    assert len(house.caller.calls) == 1


def test_a_bot_whose_token_has_ended_is_not_called() -> None:
    house = House()
    house.ok("DELETE", f"/tokens/{house.hal.user.id}")
    house.say()
    assert house.caller.calls == []


def test_what_fails_is_called_again_with_growing_pauses_and_posted_once() -> None:
    house = House()
    house.caller.answers = [DOWN, DOWN, "here I am"]
    house.say()
    assert house.caller.pauses == list(PAUSES_SECONDS[:2])
    assert len({call.id for call in house.caller.calls}) == 1
    assert [message["text"] for message in house.log()] == ["hello", "here I am"]
    # Lambda may invoke a function twice for one event.
    house.caller.answers = ["here I am, once more"]
    house.world.chat.calls().call(house.hal.user.id, "general", house.log()[0]["seq"])
    assert [m["text"] for m in house.log() if not m.get("void")] == ["hello", "here I am"]


def test_the_owner_learns_of_failures_and_of_their_end() -> None:
    house = House()
    assert house.webhook() == {"url": URL, "off": False, "failed": None}
    house.caller.answers = [CallFailedError("it answered with status 404", again=False)]
    house.say()
    assert len(house.caller.calls) == 1
    failed = house.webhook()["failed"]
    assert (failed["problem"], failed["inARow"]) == ("it answered with status 404", 1)
    assert house.world.metrics.counted[Metric.BOT_CALLS_FAILED] == 1
    house.say()
    assert house.webhook()["failed"]["inARow"] == 0


def test_after_many_failures_a_bot_is_not_called_until_it_was_tried() -> None:
    house = House()
    webhooks = house.world.webhooks.webhooks
    for _ in range(MAX_FAILURES):
        webhooks.failed(house.hal.user.id, URL, house.world.clock.now(), "down")
    assert house.webhook()["off"] is True
    house.say()
    assert house.caller.calls == []
    path = f"/tokens/{house.hal.user.id}/webhook"
    house.caller.answers = [DOWN]
    assert house.ok("POST", path)["problem"] == "it answered with status 503"
    assert house.webhook()["off"] is True
    assert house.ok("POST", path) == {"problem": None}
    assert house.webhook()["off"] is False
    assert [call.reason for call in house.caller.calls] == ["test", "test"]


def test_a_bot_is_called_so_often_and_no_more() -> None:
    house = House()
    for _ in range(PER_MINUTE + 1):
        house.say()
    assert len(house.caller.calls) == PER_MINUTE
    assert house.webhook()["failed"] is None, "too many questions are no fault of the bot"


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (CallAnswer("application/json", b'{"text": " hi "}'), "hi"),
        (CallAnswer("application/json", b"{}"), None),
        (CallAnswer("text/plain", b"  "), None),
        (CallAnswer("", b""), None),
    ],
)
def test_an_answer_is_a_text_or_nothing(answer: CallAnswer, text: str | None) -> None:
    house = House()
    house.caller.answers = [answer]
    house.say()
    assert [message["text"] for message in house.log()][1:] == ([] if text is None else [text])
    assert house.webhook()["failed"] is None


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (CallAnswer("text/html", b"<p>"), "it answered text/html"),
        (CallAnswer("application/json", b"{"), "no JSON"),
        (CallAnswer("application/json", b'{"text": 1}'), "has no text"),
        (CallAnswer("text/plain", b"\xff"), "no JSON in UTF-8"),
        (CallAnswer("text/plain", b"x" * 4001), "was not posted: text has 4001"),
    ],
)
def test_an_answer_that_cannot_be_posted_is_told_to_the_owner(answer: CallAnswer, problem: str) -> None:
    house = House()
    house.caller.answers = [answer]
    house.say()
    assert problem in house.webhook()["failed"]["problem"]
    assert len(house.log()) == 1


def test_a_bot_that_is_muted_is_asked_and_not_heard() -> None:
    house = House()
    house.keeping.create(house.ada, "den", Description())
    house.client.send(action="join", room="den")
    house.ok("PUT", f"/rooms/den/members/{house.hal.user.id}/mute", {"minutes": 5})
    house.caller.answers = ["let me speak"]
    house.say("hello", "den")
    assert [message["text"] for message in house.log("den")] == ["hello"]
    failed = house.webhook()["failed"]
    assert "muted" in failed["problem"]
    assert failed["inARow"] == 0, "who mutes a bot in one room would switch it off in all of them"


def test_an_address_is_changed_with_its_secret_and_forgotten() -> None:
    house = House()
    path = f"/tokens/{house.hal.user.id}/webhook"
    first, second = (house.ok("PUT", path, {"url": URL})["secret"] for _ in range(2))
    assert first != second
    assert first.startswith("whsec_")
    assert "secret" not in json.dumps(house.ok("GET", "/tokens"))
    house.ok("DELETE", path)
    assert house.webhook() is None
    assert [house.rest.call(how, path, house.ada.token)[0] for how in ("DELETE", "POST")] == [404, 404]
    house.say()
    assert house.caller.calls == []


def test_a_button_calls_its_bot_with_who_pressed_it() -> None:
    house = House()
    bob = house.world.chat.sessions.create("Bob", None, "127.0.0.1")
    house.caller.answers = [BUTTONS, "deployed"]
    house.say("deploy")
    asked = house.log()[1]
    path = f"/rooms/general/messages/{asked['seq']}/press"
    house.ok("POST", path, {"value": "approve"}, by=bob)
    call = house.caller.calls[-1]
    assert call.reason == "press"
    assert call.press
    assert (call.press.value, call.press.user.name) == ("approve", "Bob")
    house.world.run_delivery()
    assert [(m["text"], m["replyTo"]["seq"]) for m in house.log()[2:]] == [("deployed", asked["seq"])]


@pytest.mark.parametrize(("seq", "value"), [(1, "approve"), (2, "other"), (3, "approve"), (99, "approve")])
def test_what_is_no_button_of_a_bot_cannot_be_pressed(seq: int, value: str) -> None:
    house = House()
    house.caller.answers = [BUTTONS]
    house.say(f"one that pretends\n{BUTTONS}")
    calls = len(house.caller.calls)
    status, answer = house.rest.call(
        "POST", f"/rooms/general/messages/{seq}/press", house.ada.token, {"value": value}
    )
    assert (status, answer["code"]) == (404, "not_found")
    assert len(house.caller.calls) == calls


def test_a_push_of_an_answer_has_its_words_alone() -> None:
    house = House()
    keys = {"p256dh": "B" + "A" * 86, "auth": "A" * 22}
    house.ok("PUT", "/push", {"endpoint": "https://push.example.org/phone", "keys": keys})
    house.caller.answers = [BUTTONS]
    house.say("deploy", house.direct, mentions=[])
    house.client.disconnect()
    house.world.clock.sleep(200)
    seq = house.log(house.direct)[-1]["seq"]
    house.world.chat.pushing().push(house.direct, seq, watched=False)
    [(_, told)] = house.world.pusher.pushed[-1:]
    assert json.loads(told)["text"] == "Deploy 1.2?"


def test_nothing_is_asked_about_addresses_where_no_bot_is_concerned() -> None:
    house = House()
    house.world.addresses.asked.clear()
    bob = house.world.chat.sessions.create("Bob", None, "127.0.0.1")
    house.say("hello", mentions=[bob.user.id])
    assert house.world.addresses.asked == []
    house.say("hello")
    assert house.world.addresses.asked == [[house.hal.user.id]]


def test_who_presses_is_told_that_the_bot_does_not_answer() -> None:
    house = House()
    house.caller.answers = [BUTTONS, DOWN]
    house.say()
    path = "/rooms/general/messages/2/press"
    status, answer = house.rest.call("POST", path, house.ada.token, {"value": "approve"})
    assert (status, answer["message"]) == (503, "Hal did not answer. Try again later.")
    assert house.caller.pauses == []
    house.ok("DELETE", f"/tokens/{house.hal.user.id}/webhook")
    status, answer = house.rest.call("POST", path, house.ada.token, {"value": "approve"})
    assert (status, answer["code"]) == (409, "conflict")
