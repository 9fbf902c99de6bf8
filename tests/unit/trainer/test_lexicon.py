from pathlib import Path

import pytest

from chalicelib.sentiment import valence
from chalicelib.sentiment.text import clean, tokenize
from trainer import lexicon
from trainer.errors import TrainerError


@pytest.fixture(scope="module")
def valences() -> dict[str, float]:
    try:
        return lexicon.build()
    except TrainerError as error:
        pytest.skip(str(error))


def test_words_faces_and_emoji_have_a_valence(valences: dict[str, float]) -> None:
    assert valences["good"] > 0 > valences["awful"]
    assert valences[":)"] > 0 > valences[":("]
    assert valences["😍"] > 0 > valences["😡"]


def test_the_projects_own_entries_replace_vaders(valences: dict[str, float]) -> None:
    assert valences["fire"] > 0  # VADER's lexicon knows only the one that burns
    assert valences["meh"] < 0


def test_every_valence_is_in_range_and_every_entry_is_one_token(valences: dict[str, float]) -> None:
    assert all(-4.5 <= value <= 4.5 for value in valences.values())
    assert not [word for word in valences if "\n" in word or "\t" in word]


@pytest.mark.parametrize("table", [lexicon.CHAT_LEXICON, lexicon.WORK_LEXICON])
def test_no_entry_of_the_projects_own_tables_has_two_values(table: Path) -> None:
    rows = [line.split("\t") for line in table.read_text("utf-8").splitlines() if not line.startswith("# ")]
    seen: dict[str, str] = {}
    for word, value in rows:
        assert seen.setdefault(word, value) == value, word


def test_what_work_is_made_of_weighs_less_than_it_does_elsewhere(valences: dict[str, float]) -> None:
    assert -1.0 < valences["error"] < 0
    assert -1.3 < valences["failed"] < 0
    assert valences["hate"] < -2


def feeling(text: str, valences: dict[str, float]) -> float:
    reading = valence.read(tokenize(clean(text)), valences, valence.phrases_of(valences))
    return sum(found.valence for found in reading.feelings)


def test_a_negation_before_its_subject_asks_and_does_not_deny(valences: dict[str, float]) -> None:
    assert feeling("isn't it great?", valences) > 0 > feeling("it isn't great", valences)
    assert feeling("aren't they lovely", valences) > 0 > feeling("they aren't lovely", valences)


def test_a_performance_that_was_sick_was_good(valences: dict[str, float]) -> None:
    assert feeling("that set was sick", valences) > 0 > feeling("my sister was sick", valences)
