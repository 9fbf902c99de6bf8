"""How make starts the trainer."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[4]


def commands(*arguments: str) -> str:
    """Return what make would run, even if make runs this test."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    command = ["make", "-n", f"PYTHON={sys.executable}", *arguments]
    return subprocess.run(command, cwd=ROOT, env=plain, capture_output=True, text=True, check=True).stdout


def test_make_run_trains_on_a_schedule_only_if_it_is_asked_to() -> None:
    assert '--every "3600" "nice .venv/bin/python -m trainer run"' in commands("run", "TRAIN_EVERY=3600")
    assert "--every" not in commands("run")


def test_make_train_runs_the_trainer_once_against_the_named_state() -> None:
    said = commands("train", "STATE=elsewhere")
    assert "local.within" in said and '--state "elsewhere"' in said
    assert said.rstrip().endswith(".venv/bin/python -m trainer run")
