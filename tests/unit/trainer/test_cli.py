import json
import subprocess
import sys
from pathlib import Path

import pytest

from trainer.cli import main

ROOT = Path(__file__).parents[3]
CHAT = ROOT / "tests" / "data" / "chat-sentiment.tsv"


def test_evaluate_prints_the_figures_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "--data", str(CHAT), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert set(figures) == {"n", "macro_recall", "macro_f1", "accuracy", "ece"}
    assert figures["n"] > 100


def test_baselines_measures_all_three_and_ours_is_best(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["baselines", "--data", str(CHAT), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert set(figures) == {"ours", "vader", "textblob"} and figures["ours"]["error"] < 0.1
    assert figures["ours"]["macro_recall"] > figures["vader"]["macro_recall"]
    assert figures["ours"]["macro_recall"] > figures["textblob"]["macro_recall"]


@pytest.mark.parametrize(
    ("name", "ece"), [("tweets-dev.tsv", 0.05), ("blog-dev.tsv", 0.05), ("work-dev.tsv", 0.05)]
)
def test_ours_is_clearly_above_both_on_the_development_sets(
    name: str, ece: float, capsys: pytest.CaptureFixture[str]
) -> None:
    path = ROOT.parent / "shared" / "data" / name
    if not path.exists():
        pytest.skip(f"{name} is not here")
    assert main(["baselines", "--data", str(path), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["ours"]["macro_recall"] > figures["vader"]["macro_recall"] + 0.04
    assert figures["ours"]["macro_recall"] > figures["textblob"]["macro_recall"] + 0.1
    assert figures["ours"]["ece"] <= ece


def test_baselines_without_a_file_measures_every_set_that_the_project_has(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["baselines", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert {"tweets (held out)", "work (held out)", "chat (benchmark)", "work (benchmark)"} <= set(figures)
    for measured in figures.values():
        assert set(measured) == {"ours", "vader", "textblob"}
        assert 0 < measured["ours"]["error"] < 0.2


def test_a_table_is_printed_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "--data", str(CHAT)]) == 0
    header, row = capsys.readouterr().out.splitlines()
    assert header.split() == ["n", "macro_recall", "macro_f1", "accuracy", "ece"]
    assert row.split()[0] == "ours"


def test_causes_prints_what_the_wrong_texts_of_a_file_have_in_common(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "lines.tsv"
    path.write_text("label\ttext\nnegative\tI love this! Do you?\nnegative\tI hate this\n", encoding="utf-8")
    assert main(["causes", "--data", str(path)]) == 0
    said = capsys.readouterr().out
    assert "lines.tsv" in said
    assert [line.split()[0] for line in said.splitlines() if "I love this" in line] == ["question"]
    assert "I hate this" not in said


@pytest.mark.parametrize("command", ["evaluate", "baselines", "causes"])
def test_an_unreadable_file_ends_a_command_with_a_message_and_exit_code_2(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "--data", str(tmp_path / "nowhere.tsv")]) == 2
    assert "nowhere.tsv" in capsys.readouterr().err


def test_a_folder_without_a_model_ends_a_command_with_a_message_and_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", "--data", str(CHAT), "--model", str(tmp_path)]) == 2
    assert "holds no usable model" in capsys.readouterr().err


def test_it_runs_as_a_module_from_the_root() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "trainer", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert all(command in done.stdout for command in ("train", "embed", "evaluate", "baselines", "publish"))


def test_publishing_loads_no_library_for_training() -> None:
    """Each deployment to an empty bucket publishes the embedded model, and scikit-learn takes a second."""
    script = "import sys, trainer.__main__; from trainer import artifact, publish; print(*sys.modules)"
    ended = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in ended.stdout.split()}
    assert "trainer" in loaded
    assert loaded.isdisjoint({"sklearn", "scipy", "joblib", "nltk", "textblob"})
