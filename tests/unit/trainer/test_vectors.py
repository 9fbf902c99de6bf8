import numpy as np
import numpy.typing as npt
import pytest

from trainer.errors import TrainerError
from trainer.vectors import vectors_for

Table = dict[str, npt.NDArray[np.float64]]
"""Vector by word."""


@pytest.fixture(scope="module")
def table() -> Table:
    try:
        words, vectors = vectors_for(["blorptastic morning", "a blorptastic day"], 50)
    except TrainerError as error:
        pytest.skip(str(error))
    return dict(zip(words, vectors, strict=True))


def closeness(table: Table, one: str, other: str) -> float:
    a, b = table[one], table[other]
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


def test_words_of_like_meaning_are_close(table: Table) -> None:
    assert closeness(table, "good", "great") > closeness(table, "good", "window")
    assert closeness(table, "terrible", "horrible") > closeness(table, "terrible", "tuesday")


def test_a_word_that_texts_repeat_gets_a_vector_from_its_pieces(table: Table) -> None:
    assert np.isfinite(table["blorptastic"]).all()
    assert table["blorptastic"].shape == (50,)


def test_only_words_have_vectors(table: Table) -> None:
    assert not [word for word in table if word.startswith(("##", "["))]
