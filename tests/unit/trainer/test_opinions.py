"""The stored opinions of the teacher on unlabelled texts."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from trainer.cli import main
from trainer.errors import TrainerError
from trainer.holdout import split
from trainer.teacher import opinions, texts


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    found = {"chitchat": ["see you", "so cool", "oh no"]}
    monkeypatch.setattr(opinions, "texts", lambda: found)
    return found


SHARES = np.array([[0.05, 0.9, 0.05], [0.0, 0.2, 0.8], [0.7, 0.3, 0.0]])


def test_opinions_come_back_as_soft_labels(tmp_path: Path, chosen: dict[str, list[str]]) -> None:
    opinions.write({"chitchat": SHARES}, chosen, tmp_path / "opinions.npz")
    [corpus] = opinions.read(tmp_path / "opinions.npz")
    assert [example.text for example in corpus.examples] == chosen["chitchat"]
    assert [example.label for example in corpus.examples] == ["neutral", "positive", "negative"]
    assert corpus.examples[1].shares == pytest.approx((0.0, 0.2, 0.8), abs=0.005)
    assert corpus.examples[0].shares == (0.0, 1.0, 0.0), "small shares say next to nothing"
    assert all(sum(example.shares) == pytest.approx(1.0) for example in corpus.examples)


def test_opinions_on_other_texts_are_refused(tmp_path: Path, chosen: dict[str, list[str]]) -> None:
    opinions.write({"chitchat": SHARES}, chosen, tmp_path / "opinions.npz")
    chosen["chitchat"] = ["see you", "so cool", "oh yes"]
    with pytest.raises(TrainerError, match="opinions on other texts; python -m trainer teach"):
        list(opinions.read(tmp_path / "opinions.npz"))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04nothing"])
def test_a_damaged_file_is_a_clear_error(
    tmp_path: Path, chosen: dict[str, list[str]], content: bytes
) -> None:
    (tmp_path / "opinions.npz").write_bytes(content)
    with pytest.raises(TrainerError, match=r"cannot read the opinions in .*opinions\.npz"):
        list(opinions.read(tmp_path / "opinions.npz"))


def test_the_stored_opinions_belong_to_the_pinned_texts_and_are_never_held_out() -> None:
    try:
        corpora = list(opinions.read())
    except TrainerError as error:
        if "cannot fetch" in str(error):
            pytest.skip(str(error))
        raise
    assert {corpus.name: len(corpus.examples) for corpus in corpora} == {
        name: len(found) for name, found in texts.texts().items()
    }
    assert all(min(corpus.counts().values()) > len(corpus.examples) * 0.05 for corpus in corpora)
    kept, held = split(corpora)
    assert held == []
    assert kept == corpora


@pytest.mark.skipif(find_spec("torch") is not None, reason="the teacher's packages are installed")
def test_teaching_without_its_packages_says_what_to_install(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["teach"]) == 2
    assert "pip install -r trainer/requirements-teacher.txt" in capsys.readouterr().err
