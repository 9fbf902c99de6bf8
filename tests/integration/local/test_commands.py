"""Commands beside a running stack: on a schedule, and once."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from local.testing import RunningStack, running_stack

APPS = Path(__file__).parent / "apps"
ROOT = Path(__file__).parents[3]
SHOW = "import os; print('sees', os.environ['AWS_ENDPOINT_URL'], os.environ['SHARED'])"


@pytest.fixture(scope="module")
def scheduled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningStack, Path]]:
    pid_file = tmp_path_factory.mktemp("long") / "pid"
    long = f"import os, time; open({str(pid_file)!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    commands = [
        f'{sys.executable} -c "{SHOW}"',
        f'{sys.executable} -c "{long}"',
        f'{sys.executable} -c "raise SystemExit(3)"',
        "no-such-program",
    ]
    with running_stack(
        app=APPS / "echo",
        template=APPS / "template.yaml",
        parameters={"Stage": "dev"},
        env={"SHARED": "from the command line"},
        arguments=["--no-reload", *(part for each in commands for part in ("--every", "0.2", each))],
    ) as stack:
        yield stack, pid_file
        stack.stop()
        assert not running(int(pid_file.read_text())), "a scheduled command outlived the stack"


def running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def soon(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_command_runs_again_and_again_and_sees_the_stack(scheduled: tuple[RunningStack, Path]) -> None:
    stack, _ = scheduled
    line = f"sees {stack.aws_url} from the command line"
    soon(lambda: stack.output.count(line) >= 3)
    shown = next(each for each in stack.output.splitlines() if line in each)
    assert shown.startswith(Path(sys.executable).name + " |")


def test_a_command_that_still_runs_is_not_started_again(scheduled: tuple[RunningStack, Path]) -> None:
    stack, pid_file = scheduled
    soon(pid_file.exists)
    soon(pid_file.read_text)
    pid = pid_file.read_text()
    before = stack.output.count("sees")
    soon(lambda: stack.output.count("sees") >= before + 2)
    assert pid_file.read_text() == pid
    assert running(int(pid))


def test_failures_are_shown_and_the_stack_goes_on(scheduled: tuple[RunningStack, Path]) -> None:
    stack, _ = scheduled
    soon(lambda: stack.output.count("ended with 3") >= 2)
    soon(lambda: "no-such-program | cannot be started" in stack.output)


def test_a_command_is_run_once_against_a_running_stack(scheduled: tuple[RunningStack, Path]) -> None:
    stack, _ = scheduled
    within = [sys.executable, "-m", "local.within", "--app", str(APPS / "echo"), "--state", str(stack.state)]
    show = "import os; print(os.environ['AWS_ENDPOINT_URL'])"
    done = subprocess.run(
        [*within, "--", sys.executable, "-c", show], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == stack.aws_url


def test_without_a_running_stack_nothing_is_run(tmp_path: Path) -> None:
    within = [sys.executable, "-m", "local.within", "--app", str(APPS / "echo"), "--state", str(tmp_path)]
    done = subprocess.run([*within, "--", "true"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert "no stack runs" in done.stderr
