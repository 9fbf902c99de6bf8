"""What the texts that a model reads wrongly have in common."""

import numpy as np
import pytest

from tests.unit.sentiment.test_default_model import MODEL
from trainer.causes import CAUSES, OTHER, Cause, errors_by_cause

TEXTS = {
    "nothing to read": "...",
    "no word of feeling": "the meeting starts at ten",
    "feelings that disagree": "I love the room and hate the chairs",
    "negation": "this is not what we need",
    "contrast": "it starts, but slowly",
    "question": "when does it start?",
    "technical": "the compiler inlines the method of the class",
    "up to 3 words": "on it",
    "more than 25 words": "word " * 30,
    "faces or emoji": "see you :)",
}


@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause.name)
def test_a_text_has_the_causes_that_its_words_tell(cause: Cause) -> None:
    assert cause.holds(MODEL.featuriser.features(TEXTS[cause.name]))
    assert not cause.holds(MODEL.featuriser.features("they met in the lovely park and had dinner"))


def test_only_wrong_texts_are_counted_and_the_surest_is_the_example() -> None:
    texts = ["is it wrong?", "is it sad?", "is it fine?", "the good old lake was lovely and warm"]
    said = np.array([[0.6, 0.3, 0.1], [0.8, 0.1, 0.1], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8]])
    rows = {row.cause: row for row in errors_by_cause(MODEL, texts, np.array([1, 1, 1, 0]), said)}
    question = rows["question"]
    assert (question.texts, question.wrong, question.example) == (3, 2, "is it sad?")
    assert question.sure == pytest.approx(0.7)
    assert rows[OTHER].wrong == 1
