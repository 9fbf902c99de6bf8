"""What one client knows of one room, kept as the protocol says that a client keeps it."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass
class RoomLog:
    """Entries by position, messages by `seq` in their newest state, and how far both are whole.

    `base` is the position after which the client must have the log: `lastSeq` of the first `joined`, or what
    that join asked for with `after`. `top` is the last position up to which nothing is missing; `wanted` is
    the last position that is known to exist.
    """

    room: str
    base: int | None = None
    top: int = 0
    wanted: int = 0
    entries: dict[int, tuple[int, str]] = field(default_factory=dict)
    messages: dict[int, Json] = field(default_factory=dict)
    contradictions: list[str] = field(default_factory=list)

    @property
    def behind(self) -> bool:
        """Whether something is known to be missing."""
        return self.base is not None and self.top < self.wanted

    def begin(self, base: int) -> None:
        """Set where the log starts; only the first `joined` does."""
        if self.base is None:
            self.base = base
            self.top = max(self.top, base)
            self._climb()

    def learn(self, last: int) -> None:
        """Note that the log goes up to a position."""
        self.wanted = max(self.wanted, last)

    def add(self, entry: Json) -> None:
        """Take an entry of the log, live or recovered."""
        at = int(entry["at"])
        what = identity(entry)
        known = self.entries.setdefault(at, what)
        if known != what:
            self.contradictions.append(f"{self.room} position {at} was {known}, and then {what}")
        self.learn(at)
        self._climb()
        self.see(entry)

    def see(self, message: Json) -> None:
        """Take a message of a page that is no part of the log; older states and voids change nothing."""
        if message.get("void"):
            return
        known = self.messages.get(int(message["seq"]))
        if known is None or known["at"] <= message["at"]:
            self.messages[int(message["seq"])] = message

    def _climb(self) -> None:
        while self.base is not None and self.top + 1 in self.entries:
            self.top += 1


def identity(entry: Json) -> tuple[int, str]:
    """Return which message stands at a position of the log, whatever its state."""
    return int(entry["seq"]), "" if entry.get("void") else str(entry["id"])
