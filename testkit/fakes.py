"""Fakes of the ports that neither store nor post anything."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from chalicelib.domain.events import MoodTurned
from chalicelib.domain.news import Kind
from chalicelib.domain.previews import FoundPage, Preview, Thumbnail
from chalicelib.domain.pushing import Push, PushAddress
from chalicelib.domain.sentiment import Sentiment
from chalicelib.domain.webhooks import Call, Webhook
from chalicelib.entrypoints import call, purge, push, websocket
from chalicelib.errors import Invalid, Unavailable
from chalicelib.metrics import Metric
from chalicelib.service.push_ports import Outcome
from chalicelib.service.webhook_ports import CallAnswer, CallFailedError
from chalicelib.wiring import Chat


class FakeClassifier:
    """The port `Classifier`: a text with "good" in it is positive; while `broken` it knows nothing."""

    def __init__(self) -> None:
        self.broken = False

    def classify(self, text: str) -> Sentiment | None:
        if self.broken:
            return None
        if "good" in text:
            return Sentiment("positive", 0.8, 0.9, "fake", (("good", 0.8),))
        return Sentiment("neutral", 0.0, 0.6, "fake")

    def describe(self) -> Mapping[str, object]:
        return {"version": "fake"}

    def report(self) -> bytes | None:
        return None

    def refresh(self) -> None:
        return


class FakeInvoker:
    """The port `Invoker`: remembers what it was asked for; `purge` fails if it is told so."""

    def __init__(self) -> None:
        self.invoked: list[tuple[str, int]] = []
        self.announced: list[str] = []
        self.repeated: list[tuple[str, int, int, tuple[str, ...]]] = []
        self.told: list[dict[str, object]] = []
        self.pushed: list[tuple[str, int, bool]] = []
        self.called: list[tuple[str, str, int]] = []
        self.purged: list[str] = []
        self.cannot_purge = False

    def deliver(self, room: str, shard: int, endpoint: str = "") -> None:
        self.invoked.append((room, shard))

    def repeat(self, room: str, shard: int, after: int, connection_ids: Sequence[str]) -> None:
        self.repeated.append((room, shard, after, tuple(connection_ids)))

    def announce(self, room: str, endpoint: str = "") -> None:
        self.announced.append(room)

    def tell(self, kind: Kind, room: str, connection_ids: Sequence[str], endpoint: str = "") -> None:
        self.told.append({"news": kind, "room": room, "connections": list(connection_ids)})

    def push(self, room: str, seq: int, *, watched: bool) -> None:
        self.pushed.append((room, seq, watched))

    def call(self, bot_id: str, room: str, seq: int) -> None:
        self.called.append((bot_id, room, seq))

    def purge(self, purge_id: str) -> None:
        if self.cannot_purge:
            raise Unavailable("It could not be started. Nothing was deleted; try again.")
        self.purged.append(purge_id)

    def run(self, chat: Chat) -> None:
        """Do what Lambda does with the invocations, including those that follow from them."""
        while self.invoked:
            room, shard = self.invoked.pop(0)
            websocket.deliver(chat, {"room": room, "shard": shard, "endpoint": ""})
        while self.repeated:
            room, shard, after, ids = self.repeated.pop(0)
            again = {"repeat": list(ids), "after": after}
            websocket.deliver(chat, {"room": room, "shard": shard, "endpoint": "", **again})
        while self.told:
            websocket.deliver(chat, self.told.pop(0))
        while self.announced:
            websocket.deliver(chat, {"room": self.announced.pop(0), "announce": True, "endpoint": ""})
        while self.pushed:
            room, seq, watched = self.pushed.pop(0)
            push.push(chat, {"room": room, "seq": seq, "watched": watched})
        while self.called:
            bot_id, room, seq = self.called.pop(0)
            call.call(chat, {"bot": bot_id, "room": room, "seq": seq})
            self.run(chat)

    def run_purges(self, chat: Chat) -> None:
        """Do what the purge function was started for, and what follows from that."""
        while self.purged:
            purge.purge(chat, {"purge": self.purged.pop(0)})
        self.run(chat)


class FakePusher:
    """The port `Pusher`: `pushed` are the endpoints and payloads; `outcomes` says what becomes of some."""

    def __init__(self) -> None:
        self.pushed: list[tuple[str, bytes]] = []
        self.outcomes: dict[str, Outcome] = {}

    def check(self, address: PushAddress) -> None:
        if not address.endpoint.startswith("https://"):
            raise Invalid("endpoint must begin with https://")

    def push(self, pushes: Sequence[Push]) -> list[Outcome]:
        self.pushed += [(push.address.endpoint, push.payload) for push in pushes]
        return [self.outcomes.get(push.address.endpoint, Outcome.SENT) for push in pushes]


class FakeCaller:
    """The port `Caller`: `calls` are what bots were told, `answers` what they do next, one after the other.

    An answer is a text, a `CallAnswer` or an error that is raised; without one, a bot says nothing.
    """

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.pauses: list[float] = []
        self.seconds = 0.0
        self.answers: list[str | CallAnswer | CallFailedError] = []

    def check(self, url: str) -> None:
        if not url.startswith("https://"):
            raise Invalid("url must begin with https://")

    def call(self, webhook: Webhook, call: Call, seconds: float) -> CallAnswer:
        self.calls.append(call)
        self.seconds = seconds
        answer = self.answers.pop(0) if self.answers else ""
        if isinstance(answer, CallFailedError):
            raise answer
        return answer if isinstance(answer, CallAnswer) else CallAnswer("text/plain", answer.encode())

    def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)


class FakeCallFunction:
    """The port `CallFunction`: calls at once, in the chat that `chat` returns."""

    def __init__(self, chat: Callable[[], Chat]) -> None:
        self._chat = chat

    def wait(self, event: Mapping[str, Any]) -> str:
        return str(call.call(self._chat(), dict(event)).get("problem", ""))


class FakePreviewer:
    """The port `Previewer`: `asked` are the addresses; `fails` says that it fails.

    `pages` are the previews of some addresses, `pictures` their pictures.
    """

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.pages: dict[str, Preview | None] = {}
        self.pictures: dict[str, Thumbnail] = {}
        self.fails = False

    def preview(self, address: str) -> FoundPage | None:
        self.asked.append(address)
        if self.fails:
            raise Unavailable("The page could not be fetched; try again.", retry_after=1)
        preview = self.pages.get(address, Preview("A page", None))
        return preview and FoundPage(preview, self.pictures.get(address))


class FakeThumbnails:
    """The port `Thumbnails`: `kept` are the pictures by their ids, `fails` says that it fails."""

    def __init__(self) -> None:
        self.kept: dict[str, Thumbnail] = {}
        self.fails = False

    def put(self, picture: Thumbnail) -> None:
        if self.fails:
            raise Unavailable("Pictures cannot be kept at the moment.", retry_after=1)
        self.kept[picture.id] = picture

    def address(self, picture_id: str, seconds: int) -> str:
        return f"https://files.example.org/previews/{picture_id}?for={seconds}"


class FakeHeralds:
    """The port `Heralds`: `told` are the turns, each with the room's title."""

    def __init__(self) -> None:
        self.told: list[tuple[MoodTurned, str]] = []

    def tell(self, turn: MoodTurned, title: str) -> None:
        self.told.append((turn, title))


class CountedMetrics:
    """The port `Metrics`: `counted` holds the sums."""

    def __init__(self) -> None:
        self.counted: Counter[Metric] = Counter()

    def count(self, metric: Metric, value: int = 1, **dimensions: str) -> None:
        self.counted[metric] += value
