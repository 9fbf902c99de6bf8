"""What people chose for rooms, in memory."""

from chalicelib.domain.access import Belonging, Choice, Level
from testkit.memory.read_marks import MemoryReadMarks
from testkit.memory.rooms import MemoryRooms


class MemoryChoices:
    """The port `Choices`."""

    def __init__(self, marks: MemoryReadMarks, rooms: MemoryRooms) -> None:
        self._marks = marks
        self._rooms = rooms

    def of(self, user_id: str, room: str) -> Choice:
        return self._marks.kept.get((user_id, room), Belonging()).choice

    def hide(self, user_id: str, room: str, at: int | None) -> None:
        self._keep(user_id, room, self.of(user_id, room)._replace(hidden_at=at))

    def set_notices(self, user_id: str, room: str, level: Level | None, most: int) -> bool:
        watchers = self._rooms.watchers.setdefault(room, set())
        if level == "all" and user_id not in watchers and len(watchers) >= most:
            return False
        (watchers.add if level == "all" else watchers.discard)(user_id)
        self._keep(user_id, room, self.of(user_id, room)._replace(notices=level))
        return True

    def watchers(self, room: str) -> tuple[str, ...]:
        return tuple(sorted(self._rooms.watchers.get(room, ())))

    def _keep(self, user_id: str, room: str, choice: Choice) -> None:
        known = self._marks.kept.get((user_id, room), Belonging())
        self._marks.kept[user_id, room] = known._replace(choice=choice)
