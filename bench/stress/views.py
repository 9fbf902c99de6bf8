"""What a client waits for, and what it has seen of each room."""

from dataclasses import dataclass, field

from bench.stress.log import Json, RoomLog

# What is not answered is asked again after this time, then after twice as long each time: a stack on a busy
# machine must not drown in questions that it is about to answer.
FIRST_RETRY_SECONDS = 4.0
MAX_RETRY_SECONDS = 20.0


@dataclass
class Question:
    """Something that waits for an answer, and may be asked again after ever longer pauses."""

    next_at: float = 0.0
    retry_seconds: float = FIRST_RETRY_SECONDS

    def due(self, now: float) -> bool:
        """Whether to ask (again) now; then the next time is later."""
        if now < self.next_at:
            return False
        self.next_at = now + self.retry_seconds
        self.retry_seconds = min(MAX_RETRY_SECONDS, 2 * self.retry_seconds)
        return True

    def answered(self) -> None:
        """Ask at once when there is reason to ask again."""
        self.next_at, self.retry_seconds = 0.0, FIRST_RETRY_SECONDS


@dataclass
class Post:
    """A message on its way; it is sent again with the same id until its copy comes back."""

    room: str
    text: str
    sending: Question = field(default_factory=Question)


@dataclass
class RoomView:
    """A room as this connection sees it."""

    log: RoomLog
    joined: bool = False
    joining: Question = field(default_factory=Question)
    recovering: Question = field(default_factory=Question)
    ping_at: float = 0.0
    held: list[Json] = field(default_factory=list)
