import pytest

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


def test_no_entry_of_the_projects_own_table_has_two_values() -> None:
    rows = [line.split("\t") for line in lexicon.CHAT_LEXICON.read_text("utf-8").splitlines()[1:]]
    seen: dict[str, str] = {}
    for word, value in rows:
        assert seen.setdefault(word, value) == value, word
