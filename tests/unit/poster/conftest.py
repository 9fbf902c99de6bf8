"""A real endpoint on loopback, in a thread of its own, with which the poster speaks real HTTP."""

import asyncio
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future

import pytest
from botocore.credentials import Credentials

from bench.endpoint import Endpoint, Request, Rules
from chalicelib.adapters.poster import Poster, PostReport


class LiveEndpoint:
    """The simulated endpoint with its thread; ``endpoint`` may be looked at between posts."""

    def __init__(self, observer: Callable[[Request], str | None] | None, tls: ssl.SSLContext | None) -> None:
        self.endpoint = Endpoint(Rules(latency_seconds=0.001, keep=True), observer)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        port: int = asyncio.run_coroutine_threadsafe(self.endpoint.start(tls), self._loop).result(5)
        self.url = f"{'https' if tls else 'http'}://localhost:{port}/stage"

    def apply(self, **rules: object) -> None:
        self._call(lambda: self.endpoint.apply(Rules(**{"latency_seconds": 0.001, "keep": True, **rules})))

    def hang_up(self) -> None:
        self._call(self.endpoint.hang_up)

    def frames(self, connection_id: str) -> list[bytes]:
        return [frame for _, frame in self.endpoint.frames.get(connection_id, [])]

    def stop(self) -> None:
        self._call(self.endpoint.stop)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def _call(self, action: Callable[[], None]) -> None:
        done: Future[None] = Future()

        def run() -> None:
            action()
            done.set_result(None)

        self._loop.call_soon_threadsafe(run)
        done.result(5)


StartEndpoint = Callable[..., LiveEndpoint]
MakePoster = Callable[..., Poster]


@pytest.fixture
def start_endpoint() -> Iterator[StartEndpoint]:
    started: list[LiveEndpoint] = []

    def start(
        observer: Callable[[Request], str | None] | None = None, tls: ssl.SSLContext | None = None
    ) -> LiveEndpoint:
        started.append(LiveEndpoint(observer, tls))
        return started[-1]

    yield start
    for endpoint in started:
        endpoint.stop()


@pytest.fixture
def endpoint(start_endpoint: StartEndpoint) -> LiveEndpoint:
    return start_endpoint()


@pytest.fixture
def make_poster() -> Iterator[MakePoster]:
    made: list[Poster] = []

    def make(url: str, **options: object) -> Poster:
        options.setdefault("credentials", Credentials("AKIDEXAMPLE", "secret", "token/+="))
        made.append(Poster(url, region="eu-west-1", **options))
        return made[-1]

    yield make
    for poster in made:
        poster.close()


@pytest.fixture
def poster(endpoint: LiveEndpoint, make_poster: MakePoster) -> Poster:
    return make_poster(endpoint.url, request_timeout_seconds=0.5)


@pytest.fixture
def post(poster: Poster) -> Callable[..., PostReport]:
    def run(ids: list[str], *frames: bytes, seconds: float = 10.0, **options: object) -> PostReport:
        return poster.post(ids, frames or (b"frame",), deadline=time.monotonic() + seconds, **options)

    return run
