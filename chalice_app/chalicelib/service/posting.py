"""Sending events to connections, and learning from it which of them are gone."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from chalicelib.domain.events import Answer, Event, Refused
from chalicelib.metrics import Metric, Metrics
from chalicelib.service.departures import Departures
from chalicelib.service.ports import Clock

if TYPE_CHECKING:
    from chalicelib.service.posting_ports import Clients, PostReport

POST_TIMEOUT_SECONDS = 5.0


class Posting:
    """Posts events, counts what became of them and forgets the connections that are gone."""

    def __init__(self, clients: "Clients", departures: Departures, clock: Clock, metrics: Metrics) -> None:
        self._clients = clients
        self._departures = departures
        self._clock = clock
        self._metrics = metrics

    def answer(self, connection_id: str, event: Answer | Refused, ref: str | None) -> None:
        """Send an event to the connection that asked for it; `ref` is what its frame wants repeated."""
        self._post([connection_id], event, self._soon(), ref=ref)

    def tell(self, connection_ids: Sequence[str], event: Event) -> None:
        """Send an event that no log holds, or that its reader may miss."""
        if connection_ids:
            self._post(connection_ids, event, self._soon())

    def deliver(
        self,
        connection_ids: Sequence[str],
        event: Event,
        *,
        deadline: float,
        on_progress: Callable[[], bool],
    ) -> "PostReport":
        """Send an event until the deadline (monotonic seconds), or until `on_progress` returns False."""
        report = self._post(connection_ids, event, deadline, on_progress)
        if report.unreached:
            self._metrics.count(Metric.CONNECTIONS_UNREACHED, len(report.unreached))
        return report

    def _post(
        self,
        connection_ids: Sequence[str],
        event: Event,
        deadline: float,
        on_progress: Callable[[], bool] | None = None,
        ref: str | None = None,
    ) -> "PostReport":
        report = self._clients.post(
            connection_ids, event, deadline=deadline, on_progress=on_progress, ref=ref
        )
        if report.throttled:
            self._metrics.count(Metric.POSTS_THROTTLED, report.throttled)
        if report.gone:
            self._metrics.count(Metric.CONNECTIONS_GONE, len(report.gone))
        for connection_id in sorted(report.gone):
            self._departures.gone(connection_id)
        return report

    def _soon(self) -> float:
        return self._clock.monotonic() + POST_TIMEOUT_SECONDS
