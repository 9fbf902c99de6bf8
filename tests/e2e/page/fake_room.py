"""The numbered log of one room in memory, by the rules of the wire protocol."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Entry = dict[str, Any]
BRIGHT = {"great", "love", "good", "thanks", "wonderful", "😀"}
DARK = {"awful", "sad", "bad", "broken", "lost"}


def sentiment_of(text: str) -> Entry:
    """Score a text by two short word lists, in the shape that the service sends."""
    words = [word.strip(".,!?") for word in text.lower().split()]
    because: list[list[Any]] = [[word, 0.5] for word in words if word in BRIGHT] + [
        [word, -0.5] for word in words if word in DARK
    ]
    score = max(-0.95, min(0.95, sum(weight for _, weight in because) * 1.4))
    label = "positive" if score > 0.1 else "negative" if score < -0.1 else "neutral"
    return {
        "label": label,
        "score": score,
        "confidence": 0.6 + abs(score) / 3,
        "model": "fake-1",
        "because": because,
    }


@dataclass
class FakeRoom:
    """Entries by their place; a message stands in the log at its newest ``at`` only, as in the real pages."""

    name: str
    most_in_page: int = 50  # as the service's limit of bytes makes it for long messages
    last: int = 0
    messages: dict[int, Entry] = field(default_factory=dict)
    voids: set[int] = field(default_factory=set)
    # A dict keeps the order in which they came, as the service does.
    reactions: dict[tuple[int, str, str], bool] = field(default_factory=dict)
    labels: dict[tuple[int, str], str | None] = field(default_factory=dict)

    def add(
        self, user: Entry, text: str, *, message_id: str, sent_at: str | None = None, **fields: Any
    ) -> Entry:
        """Store a new message; a message with the same user and id is returned as it is."""
        for known in self.messages.values():
            if (known["user"]["id"], known["id"]) == (user["id"], message_id):
                return known
        self.last += 1
        entry = {
            "room": self.name,
            "seq": self.last,
            "at": self.last,
            "id": message_id,
            "user": user,
            "text": text,
            "sentAt": sent_at or datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "sentiment": sentiment_of(text),
            "editedAt": None,
            "deleted": False,
            "reactions": {},
            "labels": {},
        }
        self.messages[self.last] = entry | fields
        return self.messages[self.last]

    def about(self, frame: Entry) -> Entry:
        """Return what a sent message answers and whom it mentions: the id of Ada is ``u-ada``."""
        found: Entry = {"replyTo": None, "mentions": []}
        if "replyTo" in frame:
            found["replyTo"] = self.quote(frame["replyTo"])
        for user_id in frame.get("mentions", []):
            found["mentions"].append({"id": user_id, "name": user_id.removeprefix("u-").title()})
        return found

    def quote(self, seq: int) -> Entry:
        """Return a message as a reply quotes it."""
        quoted = self.messages[seq]
        return {"seq": seq, "user": quoted["user"], "text": quoted["text"][:140]}

    def change(self, seq: int, **fields: Any) -> Entry:
        """Give a message a new state and a new place."""
        self.last += 1
        self.messages[seq] = self.messages[seq] | fields | {"at": self.last}
        return self.messages[seq]

    def apply(self, user: Entry, frame: Entry) -> Entry:
        """Change a message as a client's frame asks; reactions and labels count their users."""
        seq, action = frame["seq"], frame["action"]
        if action == "edit":
            edited = {"text": frame["text"], "editedAt": "2026-11-22T10:00:00.000Z"}
            return self.change(seq, sentiment=sentiment_of(frame["text"]), **edited)
        if action == "delete":
            return self.change(seq, text="", deleted=True, sentiment=None, reactions={}, labels={})
        if action == "label":
            self.labels[seq, user["id"]] = frame["label"]
            views = [view for (of, _), view in self.labels.items() if of == seq and view]
            return self.change(seq, labels=dict(Counter(views)))
        mark = (seq, user["id"], frame["emoji"])
        self.reactions[mark] = frame["on"]
        chosen = [emoji for (of, _, emoji), on in self.reactions.items() if on and of == seq]
        return self.change(seq, reactions=dict(Counter(chosen)))

    def void(self) -> Entry:
        """Burn a place."""
        self.last += 1
        self.voids.add(self.last)
        return {"room": self.name, "seq": self.last, "at": self.last, "void": True}

    def after(self, at: int, limit: int = 50) -> tuple[list[Entry], bool]:
        """Return the oldest entries after a place, and whether there are more."""
        found = [entry for entry in self.messages.values() if entry["at"] > at]
        found += [{"room": self.name, "seq": n, "at": n, "void": True} for n in self.voids if n > at]
        found.sort(key=lambda entry: entry["at"])
        limit = min(limit, self.most_in_page)
        return found[:limit], len(found) > limit

    def before(self, seq: int | None = None, limit: int = 50) -> tuple[list[Entry], bool]:
        """Return the newest messages, or those before one, ascending, and whether there are more."""
        found = sorted(
            (e for e in self.messages.values() if seq is None or e["seq"] < seq), key=lambda e: e["seq"]
        )
        limit = min(limit, self.most_in_page)
        return found[-limit:], len(found) > limit
