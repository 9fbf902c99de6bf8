"""What a client waits for, and what it has seen of each room."""

from dataclasses import dataclass, field

from bench.stress.log import Json, RoomLog

# A request without an answer is retried after this time, then after twice as long each time: a stack on a
# busy machine must not be flooded with requests that it is about to answer.
FIRST_RETRY_SECONDS = 4.0
MAX_RETRY_SECONDS = 20.0


@dataclass
class Question:
    """A request that waits for its answer and is retried after ever longer pauses."""

    next_at: float = 0.0
    retry_seconds: float = FIRST_RETRY_SECONDS

    def due(self, now: float) -> bool:
        """Return whether to send now, and if so schedule the next retry."""
        if now < self.next_at:
            return False
        self.next_at = now + self.retry_seconds
        self.retry_seconds = min(MAX_RETRY_SECONDS, 2 * self.retry_seconds)
        return True

    def answered(self) -> None:
        """Send at once the next time there is a reason."""
        self.next_at, self.retry_seconds = 0.0, FIRST_RETRY_SECONDS


@dataclass
class Post:
    """A message that is sent again with the same id until its copy comes back."""

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
