"""How far people have read, and what else is kept of a room for each, in memory."""

from chalicelib.domain.access import Belonging

MAX_MENTIONS_KEPT = 100


class MemoryReadMarks:
    """The port `ReadMarks`; `kept` holds what it knows by user and room."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], Belonging] = {}

    def move(self, user_id: str, room: str, at: int, count: int) -> bool:
        known = self.kept.get((user_id, room))
        if known is not None and known.read_at >= at and (at or known.read_count):
            return False
        mentions = tuple(seq for seq in (known or Belonging()).mentions if seq > at)
        choice = (known or Belonging()).choice
        self.kept[user_id, room] = Belonging(None, at, count, mentions, choice)
        return True

    def mention(self, user_id: str, room: str, seq: int) -> None:
        known = self.kept.get((user_id, room), Belonging())
        mentions = (*known.mentions, seq)[-MAX_MENTIONS_KEPT:]
        shown = known.choice._replace(hidden_at=None)
        self.kept[user_id, room] = known._replace(mentions=mentions, choice=shown)
