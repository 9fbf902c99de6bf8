from pathlib import Path

import pytest

from trainer.corpora import read_tsv
from trainer.errors import TrainerError


def corpus_file(directory: Path, content: str | bytes) -> Path:
    path = directory / "corpus.tsv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_bad_rows_are_named_and_the_others_are_kept(tmp_path: Path) -> None:
    path = corpus_file(
        tmp_path, "label\ttext\npositive\tyay\nhappy\thm\nneutral\nnegative\t \nnegative\tugh\n"
    )
    corpus = read_tsv(path)
    assert [example.text for example in corpus.examples] == ["yay", "ugh"]
    assert corpus.rejected == [
        f"{path}:3: label 'happy' is none of negative, neutral, positive",
        f"{path}:4: 2 fields expected, 1 found",
        f"{path}:5: the text is empty",
    ]


def test_a_label_is_certain(tmp_path: Path) -> None:
    (example,) = read_tsv(corpus_file(tmp_path, "neutral\tthe door\n")).examples
    assert example.shares == (0.0, 1.0, 0.0)
    assert example.label == "neutral"


def test_quotes_are_part_of_the_text(tmp_path: Path) -> None:
    (example,) = read_tsv(corpus_file(tmp_path, 'neutral\t"the door\n')).examples
    assert example.text == '"the door'


def test_further_columns_of_the_header_are_ignored(tmp_path: Path) -> None:
    corpus = read_tsv(corpus_file(tmp_path, "label\ttext\tkind\npositive\tyay\tone word\n"))
    assert [example.text for example in corpus.examples] == ["yay"]


@pytest.mark.parametrize("content", [b"", b"label\ttext\n", b"\xff\xfe\x00bad", b"nonsense"])
def test_a_file_without_usable_rows_is_a_clear_error(tmp_path: Path, content: bytes) -> None:
    path = corpus_file(tmp_path, content)
    with pytest.raises(TrainerError, match=r"corpus\.tsv"):
        read_tsv(path)


def test_a_missing_file_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(TrainerError, match=r"cannot read the corpus .*nowhere\.tsv"):
        read_tsv(tmp_path / "nowhere.tsv")
