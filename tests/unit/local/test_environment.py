"""Making the functions' environment."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import chalice
import pytest

from local import environment, provided
from local.environment import existing_python, worker_python
from local.errors import StackError


class RecordedSteps:
    """Stands in for the steps that take long: makes the directories that they would make."""

    def __init__(self, fail_at: str = "", chalice: str = "", lacking: Sequence[str] = ()) -> None:
        self.commands: list[str] = []
        self.copied: list[str] = []
        self.lacking = list(lacking)
        self.fail_at = fail_at
        self.chalice = chalice
        """Version that the requirements bring along."""
        self.packages = Path()

    def copy(self, names: Iterable[str], packages: Path) -> list[str]:
        assert packages == self.packages
        self.copied += names
        return self.lacking

    def __call__(self, command: list[str], app: Path, progress: Any) -> None:
        line = " ".join(command)
        self.commands.append(line)
        if self.fail_at and self.fail_at in line:
            raise StackError("step failed")
        if "venv" in command:
            self.packages = Path(command[-1]) / "lib" / "python3" / "site-packages"
            self.packages.mkdir(parents=True)
        if "-r" in command and self.chalice:
            (self.packages / "chalice").mkdir()
            for name in ("__init__.py", "app.py", "local.py"):
                (self.packages / "chalice" / name).write_text(f"# of Chalice {self.chalice}")


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    app = tmp_path / "app"
    app.mkdir()
    (app / "requirements.txt").write_text("numpy==1\n")
    return app


def make(app: Path, monkeypatch: pytest.MonkeyPatch, steps: RecordedSteps) -> Path:
    monkeypatch.setattr(environment, "_run", steps)
    monkeypatch.setattr(provided, "copy", steps.copy)
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
    _, installed, required = steps.commands
    assert steps.copied == ["boto3", "botocore"]
    assert "awslambdaric==" in installed and "boto3==" not in installed
    assert "requirements.txt" not in installed
    assert required.endswith(f"-r {app}/requirements.txt")
    chalice = python.parent.parent / "lib" / "python3" / "site-packages" / "chalice"
    assert {path.name for path in chalice.iterdir()} == {"__init__.py", "app.py"}


def test_what_this_tool_has_not_got_whole_is_installed(app: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = RecordedSteps(lacking=["boto3"])
    make(app, monkeypatch, steps)
    assert all(f" {name}==" in steps.commands[1] for name in ("awslambdaric", "boto3", "botocore"))


@pytest.mark.parametrize("version", ["1.31.2", "1.20.0", "99.0"])
def test_chalice_is_the_version_that_would_deploy_whatever_the_requirements_name(
    app: Path, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    (app / "requirements.txt").write_text(f"chalice=={version}\n")
    python = make(app, monkeypatch, RecordedSteps(chalice=version))
    runtime = python.parent.parent / "lib" / "python3" / "site-packages" / "chalice"
    own = Path(chalice.__file__).parent
    assert {path.name: path.read_text() for path in runtime.iterdir()} == {
        name: (own / name).read_text() for name in ("__init__.py", "app.py")
    }


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("-r base.txt", "base.txt"),
        ("--requirement=more/deep.txt", "more/deep.txt"),
        ("-c constraints.txt", "constraints.txt"),
        ("./lib", "lib/mylib/__init__.py"),
        ("-e ./lib[extra]", "lib/setup.py"),
        ("mylib @ file:wheels/mylib-1-py3-none-any.whl", "wheels/mylib-1-py3-none-any.whl"),
    ],
)
def test_another_one_is_made_when_a_file_changes_that_the_requirements_lead_to(
    app: Path, monkeypatch: pytest.MonkeyPatch, line: str, name: str
) -> None:
    (app / "requirements.txt").write_text(f"numpy==1\n{line}\n")
    file = app / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("one")
    steps = RecordedSteps()
    first = make(app, monkeypatch, steps)
    assert existing_python(app) == first == make(app, monkeypatch, steps)
    file.write_text("two")
    assert existing_python(app) is None
    assert make(app, monkeypatch, steps) != first


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
        environment._run([sys.executable, "-c", script], Path(), lambda line: None)


def test_a_slow_step_shows_its_progress() -> None:
    script = "import time\nfor n in range(3): print('step', n, flush=True); time.sleep(1.2)"
    said: list[str] = []
    environment._run([sys.executable, "-c", script], Path(), said.append)
    assert any("step" in line for line in said)
