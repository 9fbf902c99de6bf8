"""The simulated endpoint follows its rules, or the benches would measure something else."""

from collections.abc import Iterator
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from bench.endpoint import EndpointProcess, Rules
from bench.endpoint.rules import Script, TokenBucket


@pytest.fixture(scope="module")
def running() -> Iterator[EndpointProcess]:
    with EndpointProcess() as endpoint:
        yield endpoint


def post(endpoint: EndpointProcess, connection_id: str, body: bytes = b"frame") -> int:
    url = urlsplit(endpoint.url)
    connection = HTTPConnection(url.hostname or "", url.port, timeout=10)
    connection.request("POST", f"{url.path}/@connections/{connection_id}", body)
    status = connection.getresponse().status
    connection.close()
    return status


def test_the_endpoint_keeps_accepted_frames_in_order(running: EndpointProcess) -> None:
    running.apply(Rules(keep=True, answers={"b": "410"}))

    assert [post(running, "a%3D", b"one"), post(running, "b"), post(running, "a%3D", b"two")] == [
        200,
        410,
        200,
    ]
    assert running.frames() == {"a=": [b"one", b"two"]}


def test_the_endpoint_counts_its_answers_and_its_own_load(running: EndpointProcess) -> None:
    running.apply(Rules(answers={"a": ["503", "429"]}))

    assert [post(running, "a") for _ in range(3)] == [503, 429, 200]
    stats = running.stats()
    assert stats["answers"] == {"503": 1, "429": 1, "200": 1}
    assert 0 < stats["load"] < 2


def test_the_endpoint_limits_the_rate(running: EndpointProcess) -> None:
    running.apply(Rules(rate=0.001, burst=2))

    assert [post(running, "a") for _ in range(3)] == [200, 200, 429]


def test_the_endpoint_ends_with_its_parent_process() -> None:
    with EndpointProcess() as endpoint:
        process = endpoint._process
        assert process.poll() is None
    assert process.returncode == 0


def test_a_bucket_fills_at_its_rate() -> None:
    bucket = TokenBucket(rate=10, burst=2)
    admitted = [bucket.admits(tick / 100) for tick in range(101)]
    assert sum(admitted) == 12


def test_an_answer_for_one_connection_overrides_that_for_all() -> None:
    script = Script({"*": "503", "a": ["410"], "b": "200"})
    assert [script.answer(who) for who in "aabc"] == ["410", "503", "200", "503"]
