"""Making the functions' environment."""

import sys
from pathlib import Path
from typing import Any

import pytest

from local import environment
from local.environment import worker_python
from local.errors import StackError


class RecordedSteps:
    """Stands in for the steps that need the network: makes the directories that they would make."""

    def __init__(self, fail_at: str = "") -> None:
        self.commands: list[str] = []
        self.fail_at = fail_at

    def __call__(self, command: list[str], progress: Any) -> None:
        line = " ".join(command)
        self.commands.append(line)
        if self.fail_at and self.fail_at in line:
            raise StackError("step failed")
        if "venv" in command:
            (Path(command[-1]) / "lib" / "python3" / "site-packages").mkdir(parents=True)


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    app = tmp_path / "app"
    app.mkdir()
    (app / "requirements.txt").write_text("numpy==1\n")
    return app


def make(app: Path, monkeypatch: pytest.MonkeyPatch, steps: RecordedSteps) -> Path:
    monkeypatch.setattr(environment, "_run", steps)
    return worker_python(app, lambda line: None)


def test_it_is_made_once_for_the_same_requirements(app: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = RecordedSteps()
    first = make(app, monkeypatch, steps)
    count = len(steps.commands)
    assert make(app, monkeypatch, steps) == first and len(steps.commands) == count
    (app / "requirements.txt").write_text("numpy==2\n")
    assert make(app, monkeypatch, steps) != first and len(steps.commands) == 2 * count


def test_it_holds_what_lambda_provides_then_the_requirements_then_chalices_runtime(
    app: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = RecordedSteps()
    python = make(app, monkeypatch, steps)
    _, provided, required = steps.commands
    assert "awslambdaric==" in provided and "boto3==" in provided and "requirements.txt" not in provided
    assert required.endswith(f"-r {app}/requirements.txt")
    chalice = python.parent.parent / "lib" / "python3" / "site-packages" / "chalice"
    assert {path.name for path in chalice.iterdir()} == {"__init__.py", "app.py"}


def test_one_whose_making_failed_is_not_taken_for_a_finished_one(
    app: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StackError):
        make(app, monkeypatch, RecordedSteps(fail_at="requirements.txt"))
    steps = RecordedSteps()
    make(app, monkeypatch, steps)
    assert len(steps.commands) == 3


def test_a_step_that_fails_is_shown_with_its_last_lines() -> None:
    script = "import sys; print('no matching distribution'); sys.exit(3)"
    with pytest.raises(StackError, match="no matching distribution"):
        environment._run([sys.executable, "-c", script], lambda line: None)


def test_a_slow_step_shows_its_progress() -> None:
    script = "import time\nfor n in range(3): print('step', n, flush=True); time.sleep(1.2)"
    said: list[str] = []
    environment._run([sys.executable, "-c", script], said.append)
    assert any("step" in line for line in said)
