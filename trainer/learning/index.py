"""What the trainer remembers between two runs: how far it read, and where the labelled messages are."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..errors import TrainerError

KEY = "models/learning.json"
FORMAT = 1
MAX_MESSAGES_PER_ROOM = 20_000
"""How many of the newest labelled messages of a room are learned from."""


@dataclass(frozen=True, slots=True)
class RoomIndex:
    """The position up to which the log of a room was read, and the positions of its labelled messages."""

    after: int = 0
    labelled: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Index:
    """Positions only: no text, no label, no person.

    What a message says now, and who labels it how, is read from the messages table at each run: what was
    deleted, edited or withdrawn meanwhile is gone from the training data too. A lost index costs one longer
    run, which reads every log from its beginning.

    ``learned`` is a digest of what the last run learned from, and of the code that did.
    """

    rooms: Mapping[str, RoomIndex] = field(default_factory=dict)
    learned: str = ""

    def to_json(self) -> bytes:
        """Return the object's content."""
        rooms = {room: {"after": r.after, "labelled": list(r.labelled)} for room, r in self.rooms.items()}
        content = {"format": FORMAT, "learned": self.learned, "rooms": rooms}
        return json.dumps(content, separators=(",", ":"), sort_keys=True).encode()

    @classmethod
    def from_json(cls, data: bytes) -> "Index":
        """Read an index.

        Raises
        ------
        TrainerError
            If it is damaged or of another format.
        """
        try:
            content: dict[str, Any] = json.loads(data)
            if content["format"] != FORMAT:
                raise TrainerError(f"{KEY} has format {content['format']!r}; this trainer reads {FORMAT}")
            rooms = {
                str(room): RoomIndex(int(r["after"]), tuple(map(int, r["labelled"])))
                for room, r in content["rooms"].items()
            }
            return cls(rooms, str(content["learned"]))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise TrainerError(f"{KEY} is damaged: {type(error).__name__}: {error}") from error
