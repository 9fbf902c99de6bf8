"""The rooms that each user was the first to come to, in memory."""

from chalicelib.domain.messages import User


class MemoryNewRooms:
    """The port `NewRooms`."""

    def __init__(self) -> None:
        self._opened: dict[tuple[str, int], set[str]] = {}

    def open(self, user: User, room: str, day: int, most: int) -> bool:
        opened = self._opened.setdefault((user.id, day), set())
        if len(opened) < most:
            opened.add(room)
        return room in opened
