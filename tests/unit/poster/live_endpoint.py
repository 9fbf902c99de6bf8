"""A simulated endpoint on loopback, in a thread of its own, with which the poster speaks real HTTP."""

import asyncio
import ssl
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Protocol

from bench.endpoint import Endpoint, Request, Rules
from chalicelib.adapters.poster import Poster, PostReport

MAX_WAIT_SECONDS = 60.0
"""For everything that happens for certain: a busy machine takes its time."""

Observer = Callable[[Request], str | None]


def far() -> float:
    """Return a deadline that no test reaches."""
    return time.monotonic() + MAX_WAIT_SECONDS


def observing(observe: Callable[[Request], object]) -> Observer:
    """Return an observer that leaves the answer to the rules."""

    def observer(request: Request) -> None:
        observe(request)

    return observer


class LiveEndpoint:
    """The simulated endpoint with its thread; ``endpoint`` may be read between posts."""

    def __init__(self, observer: Observer | None, tls: ssl.SSLContext | None) -> None:
        self.endpoint = Endpoint(_rules(), observer)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        started = asyncio.run_coroutine_threadsafe(self.endpoint.start(tls), self._loop)
        self.url = f"{'https' if tls else 'http'}://localhost:{started.result(MAX_WAIT_SECONDS)}/stage"

    def apply(self, **rules: Any) -> None:
        self._call(lambda: self.endpoint.apply(_rules(**rules)))

    def hang_up(self) -> None:
        self._call(self.endpoint.hang_up)

    def frames(self, connection_id: str) -> list[bytes]:
        return [frame for _, frame in self.endpoint.frames.get(connection_id, [])]

    def opened_for(self, poster: Poster) -> int:
        """Return how many HTTP connections were opened, once the endpoint has accepted all of them.

        The kernel completes a connection before the endpoint accepts it, so a batch may end in between.
        """
        deadline = far()
        while len(self.endpoint.connections) != len(poster._pool._idle):
            if time.monotonic() > deadline:
                raise TimeoutError(
                    f"the endpoint has {len(self.endpoint.connections)} connections, "
                    f"the poster {len(poster._pool._idle)}"
                )
            time.sleep(0.005)
        return self.endpoint.connections_opened

    def stop(self) -> None:
        self._call(self.endpoint.stop)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(MAX_WAIT_SECONDS)
        self._loop.close()

    def _call(self, action: Callable[[], None]) -> None:
        done: Future[None] = Future()

        def run() -> None:
            action()
            done.set_result(None)

        self._loop.call_soon_threadsafe(run)
        done.result(MAX_WAIT_SECONDS)


def _rules(**rules: Any) -> Rules:
    return Rules(**{"latency_seconds": 0.001, "keep": True, **rules})


class StartEndpoint(Protocol):
    def __call__(
        self, observer: Observer | None = None, tls: ssl.SSLContext | None = None
    ) -> LiveEndpoint: ...


class MakePoster(Protocol):
    def __call__(self, url: str, **options: Any) -> Poster: ...


class Post(Protocol):
    def __call__(
        self, ids: list[str], *frames: bytes, seconds: float = MAX_WAIT_SECONDS, **options: Any
    ) -> PostReport: ...
