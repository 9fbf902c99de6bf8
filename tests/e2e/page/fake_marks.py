"""How far people have read the rooms of the scripted service, and what they chose for each."""

from typing import Any

from .fake_room import Entry, FakeRoom


class FakeMarks:
    """Marks by user and room, which never go back."""

    def __init__(self) -> None:
        self._read: dict[tuple[str, str], int] = {}
        self.chosen: dict[tuple[str, str], Entry] = {}  # by user and room

    def move(self, user_id: str, room: str, at: int) -> bool:
        """Move a mark forward; False if it is as far already."""
        if self._read.get((user_id, room), 0) >= at:
            return False
        self._read[user_id, room] = at
        return True

    def of(self, user_id: str, room: FakeRoom) -> dict[str, Any]:
        """Return what the list of rooms says of a room; everybody's messages count, deleted ones too."""
        mark = self._read.get((user_id, room.name), 0)
        after = [entry for entry in room.messages.values() if entry["seq"] > mark]
        mentions = sum(_concerns(entry, user_id) for entry in after)
        return {"readAt": mark, "unread": len(after), "mentions": mentions, **self.choice(user_id, room.name)}

    def choice(self, user_id: str, room: str) -> Entry:
        """Return what somebody chose for a room."""
        return {"notices": None, "hidden": False} | self.chosen.get((user_id, room), {})


def _concerns(entry: Entry, user_id: str) -> bool:
    return any(user["id"] == user_id for user in entry.get("mentions", ()))
