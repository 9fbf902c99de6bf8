"""A simulated endpoint, and posters for it."""

import ssl
import time
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.credentials import Credentials

from chalicelib.adapters.poster import Poster, PostReport
from tests.unit.poster.live_endpoint import (
    MAX_WAIT_SECONDS,
    LiveEndpoint,
    MakePoster,
    Observer,
    Post,
    StartEndpoint,
)


@pytest.fixture
def start_endpoint() -> Iterator[StartEndpoint]:
    started: list[LiveEndpoint] = []

    def start(observer: Observer | None = None, tls: ssl.SSLContext | None = None) -> LiveEndpoint:
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

    def make(url: str, **options: Any) -> Poster:
        # A request that the endpoint does answer must not time out because the machine is busy.
        defaults = {
            "credentials": Credentials("AKIDEXAMPLE", "secret", "token/+="),
            "request_timeout_seconds": MAX_WAIT_SECONDS,
        }
        made.append(Poster(url, region="eu-west-1", **{**defaults, **options}))
        return made[-1]

    yield make
    for poster in made:
        poster.close()


@pytest.fixture
def poster(endpoint: LiveEndpoint, make_poster: MakePoster) -> Poster:
    return make_poster(endpoint.url)


@pytest.fixture
def post(poster: Poster) -> Post:
    def run(ids: list[str], *frames: bytes, seconds: float = MAX_WAIT_SECONDS, **options: Any) -> PostReport:
        return poster.post(ids, frames or (b"frame",), deadline=time.monotonic() + seconds, **options)

    return run
