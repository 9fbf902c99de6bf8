"""API Gateway in memory: what is posted to connections, and which of them are open."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Report:
    """What became of a batch."""

    delivered: int
    gone: frozenset[str]
    unreached: frozenset[str]
    throttled: int = 0


class MemoryGateway:
    """A poster and the port `Closer`: open connections and the frames that reached them."""

    def __init__(self) -> None:
        self.frames: dict[str, list[bytes]] = {}
        self.unreachable: set[str] = set()
        self.closed: list[str] = []

    def open(self, connection_id: str) -> None:
        self.frames[connection_id] = []

    def vanish(self, connection_id: str) -> None:
        """Let a connection end without `$disconnect`."""
        del self.frames[connection_id]

    def post(
        self,
        connection_ids: Sequence[str],
        frames: Sequence[bytes],
        *,
        deadline: float,
        on_progress: Callable[[], bool] | None = None,
    ) -> Report:
        gone = frozenset(c for c in connection_ids if c not in self.frames)
        unreached = frozenset(c for c in connection_ids if c in self.unreachable) - gone
        reached = [c for c in connection_ids if c not in gone | unreached]
        for connection_id in reached:
            self.frames[connection_id] += frames
        return Report(len(reached) * len(frames), gone, unreached)

    def close(self, connection_id: str) -> None:
        self.closed.append(connection_id)
        self.frames.pop(connection_id, None)
