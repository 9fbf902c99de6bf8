"""What a new function loads before its first answer: counted, not timed."""

from collections.abc import Iterator

import pytest

from bench.coldstart import Starts, compiled_copy
from bench.endpoint import EndpointProcess, Rules
from testkit.moto_storage import Storage

# botocore's session and its one client are 300 modules of the standard library, urllib3 and botocore.
MOST_MODULES = 486


@pytest.fixture(scope="module")
def starts() -> Iterator[Starts]:
    with Storage() as storage, EndpointProcess() as endpoint, compiled_copy() as app:
        endpoint.apply(Rules(latency_seconds=0.0, keep=True))
        yield Starts(storage, endpoint.url, app)


def roots(modules: list[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules}


def test_a_new_connect_function_loads_neither_boto3_nor_what_scores_messages(starts: Starts) -> None:
    modules = starts.measure("connect", ()).modules
    assert "botocore.client" in modules
    assert not roots(modules) & {"boto3", "s3transfer", "numpy", "sklearn", "scipy", "nltk", "textblob"}
    assert len(modules) <= MOST_MODULES


def test_a_new_message_function_adds_the_model_and_numpy_alone(starts: Starts) -> None:
    connect, message = (starts.measure(handler, ()).modules for handler in ("connect", "message"))
    added = roots(message) - roots(connect)
    assert "numpy" in added
    assert not added & {"boto3", "s3transfer", "sklearn", "scipy", "nltk", "textblob"}
