"""A run that is killed at any point, and two runs at once: there is always a working model."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sklearn.pipeline import Pipeline

from tests.integration.trainer.learning_world import BUCKET, Function, LabelledMessages, run_with
from trainer import artifact, evaluation, gate, publish
from trainer.errors import TrainerError
from trainer.learning import evaluation_sets
from trainer.learning.index import KEY

_LINES = 30
WRITES = ("put_object",)
CALLS = ("get_object", "put_object", "head_object")
MESSAGES = LabelledMessages([(f"hello {n}", {"ada": "positive"}) for n in range(3)])


class Killed(BaseException):
    """The process ends here."""


class Interrupted:
    """An S3 client to which something happens at its n-th request, before it or after it was done."""

    def __init__(self, client: Any, number: int, after: bool, happen: Callable[[], object]) -> None:
        self._client = client
        self._number = number
        self._after = after
        self._happen = happen
        self.requests: list[tuple[str, str]] = []

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._client, name)
        if name not in CALLS:
            return method

        def call(**arguments: Any) -> Any:
            self.requests.append((name, arguments["Key"]))
            now = len(self.requests) == self._number
            if now and not self._after:
                self._happen()
            answer = method(**arguments)
            if now and self._after:
                self._happen()
            return answer

        return call


@pytest.fixture(autouse=True)
def _few_texts_to_measure_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the first lines of the fixed sets, for most of a run is measuring on them."""
    for name in ("CHAT", "WORK"):
        whole: Path = getattr(evaluation_sets, name)
        few = tmp_path / whole.name
        few.write_text("".join(whole.read_text("utf-8").splitlines(keepends=True)[:_LINES]), "utf-8")
        monkeypatch.setattr(evaluation_sets, name, few)


@pytest.fixture(autouse=True)
def _passing_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    compare = gate.compare
    monkeypatch.setattr(gate, "compare", lambda *given: replace(compare(*given), low=-1.0, high=1.0))


def kill() -> None:
    raise Killed


def a_run(client: Any, pipeline: Pipeline) -> Any:
    return run_with(client, pipeline, MESSAGES, sample=20)


# A run makes ten requests. After one is before the next, so "after" matters only for the last two.
@pytest.mark.parametrize(("number", "after"), [*((n, False) for n in range(1, 11)), (9, True), (10, True)])
def test_killed_at_any_request_the_functions_have_a_model_and_the_next_run_succeeds(
    s3: Any, pipeline: Pipeline, number: int, after: bool
) -> None:
    old = publish.publish(s3, BUCKET, artifact.read(evaluation.DEFAULT_MODEL)).version
    function = Function(s3)
    dying = Interrupted(s3, number, after, kill)
    with pytest.raises(Killed):
        a_run(dying, pipeline)
    promoted = ("put_object", "pointer.json") in dying.requests[: -1 if not after else None]
    assert (function.version() != old) == promoted
    again = a_run(s3, pipeline)
    assert again.promoted or promoted
    assert function.version() != old
    assert "ModelFaults" not in function.metrics.counted
    assert json.loads(s3.get_object(Bucket=BUCKET, Key=KEY)["Body"].read())["learned"]


def test_a_run_makes_no_more_requests_than_it_is_killed_at(s3: Any, pipeline: Pipeline) -> None:
    publish.publish(s3, BUCKET, artifact.read(evaluation.DEFAULT_MODEL))
    counting = Interrupted(s3, 0, False, kill)
    a_run(counting, pipeline)
    assert len(counting.requests) == 10
    assert [key for name, key in counting.requests if name in WRITES][-2:] == ["pointer.json", KEY]


@pytest.mark.parametrize("number", [3, 9])
def test_of_two_runs_at_once_one_wins_and_the_other_says_so(s3: Any, pipeline: Pipeline, number: int) -> None:
    winner = []
    loser = Interrupted(s3, number, False, lambda: winner.append(a_run(s3, pipeline)))
    with pytest.raises(TrainerError, match=r"another trainer moved the pointer .* stored but not live"):
        a_run(loser, pipeline)
    assert Function(s3).version() == winner[0].version


def test_an_index_that_another_run_wrote_meanwhile_is_not_replaced(s3: Any, pipeline: Pipeline) -> None:
    def other() -> None:
        s3.put_object(Bucket=BUCKET, Key=KEY, Body=b'{"format":1,"learned":"other","rooms":{}}')

    assert a_run(Interrupted(s3, 8, False, other), pipeline).promoted
    assert json.loads(s3.get_object(Bucket=BUCKET, Key=KEY)["Body"].read())["learned"] == "other"


def test_a_damaged_index_costs_one_longer_run(s3: Any, pipeline: Pipeline) -> None:
    s3.put_object(Bucket=BUCKET, Key=KEY, Body=b"damaged")
    assert a_run(s3, pipeline).promoted
    assert json.loads(s3.get_object(Bucket=BUCKET, Key=KEY)["Body"].read())["rooms"]["general"]["after"] == 3
