import numpy as np
import pytest

from trainer.errors import TrainerError
from trainer.vectors import vectors_for


@pytest.fixture(scope="module")
def table() -> dict[str, np.ndarray]:
    try:
        words, vectors = vectors_for(["blorptastic morning", "a blorptastic day"], 50)
    except TrainerError as error:
        pytest.skip(str(error))
    return dict(zip(words, vectors, strict=True))


def closeness(table: dict[str, np.ndarray], one: str, other: str) -> float:
    a, b = table[one], table[other]
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


def test_words_of_like_meaning_are_close(table: dict[str, np.ndarray]) -> None:
    assert closeness(table, "good", "great") > closeness(table, "good", "window")
    assert closeness(table, "terrible", "horrible") > closeness(table, "terrible", "tuesday")


def test_a_word_that_texts_repeat_gets_a_vector_from_its_pieces(table: dict[str, np.ndarray]) -> None:
    assert np.isfinite(table["blorptastic"]).all()
    assert table["blorptastic"].shape == (50,)


def test_only_words_have_vectors(table: dict[str, np.ndarray]) -> None:
    assert not [word for word in table if word.startswith(("##", "["))]
