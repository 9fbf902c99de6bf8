"""The port `Clients`: writes events as frames of the protocol and gives them to a poster."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from chalicelib.domain.events import Event
from chalicelib.protocol.events import frames

if TYPE_CHECKING:
    from chalicelib.service.posting_ports import PostReport


class Poster(Protocol):
    """Sends every frame to every connection, those of one connection in order, until the deadline."""

    def post(
        self,
        connection_ids: Sequence[str],
        frames: Sequence[bytes],
        *,
        deadline: float,
        on_progress: Callable[[], bool] | None = None,
    ) -> "PostReport": ...


class WireClients:
    """Clients that are reached by frames."""

    def __init__(self, poster: Poster) -> None:
        self._poster = poster

    def post(
        self,
        connection_ids: Sequence[str],
        event: Event,
        *,
        deadline: float,
        on_progress: Callable[[], bool] | None = None,
        ref: str | None = None,
    ) -> "PostReport":
        return self._poster.post(
            connection_ids, frames(event, ref), deadline=deadline, on_progress=on_progress
        )
