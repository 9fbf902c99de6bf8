"""Functions run as on Lambda: environment, isolation, concurrency, output."""

import asyncio
import json
import os
import re
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
async def environment(connect: Any, ask: Any) -> dict[str, str]:
    async with connect() as socket:
        variables: dict[str, str] = json.loads(await ask(socket, "env"))
        return variables


async def test_functions_get_lambdas_variables(environment: dict[str, str]) -> None:
    expected = {
        "AWS_LAMBDA_FUNCTION_NAME": "echo-dev-websocket_message",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "512",
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_REGION": "us-east-1",
        "_HANDLER": "app.message",
    }
    assert {name: environment[name] for name in expected} == expected
    task_root = Path(environment["LAMBDA_TASK_ROOT"])
    assert {path.name for path in task_root.iterdir()} - {"__pycache__"} == {"app.py"}, "the package alone"


async def test_functions_get_their_configured_variables_and_the_command_lines(
    environment: dict[str, str],
) -> None:
    assert environment["GREETING"] == "hi", "the function's own setting wins over the application's"
    assert environment["SHARED"] == "from the command line", "--env wins over config.json"


async def test_nothing_of_the_developers_environment_leaks(environment: dict[str, str], stack: Any) -> None:
    assert not any("LOCAL_STACK" in name for name in environment)
    own = {"VIRTUAL_ENV", "PYTEST_CURRENT_TEST", "PYTHONUNBUFFERED", "USER", "SHELL", "OLDPWD"}
    assert not own & set(environment)
    assert environment["HOME"] == f"{stack.state}/home"
    assert environment["AWS_SHARED_CREDENTIALS_FILE"] == os.devnull


def test_workers_have_nothing_installed_but_what_lambda_would_have(stack: Any) -> None:
    [pid, *_] = stack.worker_pids("websocket_connect")
    python = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[0].decode()
    script = "import sys, pathlib; print([p for p in sys.path if p.endswith('site-packages')][0])"
    packages = Path(subprocess.check_output([python, "-c", script], text=True).strip())
    installed = {path.name.partition("-")[0] for path in packages.glob("*.dist-info")}
    provided = {
        "awslambdaric",
        "boto3",
        "botocore",
        "jmespath",
        "python_dateutil",
        "s3transfer",
        "simplejson",
    }
    assert installed == provided | {"six", "snapshot_restore_py", "urllib3"}
    assert {path.name for path in (packages / "chalice").glob("*.py")} == {"__init__.py", "app.py"}


async def test_more_workers_start_while_all_are_busy_and_idle_ones_end(
    connect: Any, ask: Any, stack: Any, eventually: Any
) -> None:
    async with connect() as socket:
        answers: set[str] = set()
        # On a busy machine the second worker may start after the first has done everything: once more then.
        for _ in range(20):
            for _ in range(6):
                await socket.send_str("sleep-pid 0.3")
            answers = {await socket.receive_str(timeout=30) for _ in range(6)}
            if len(answers) > 1:
                break
        assert 2 <= len(answers) <= 3, "three workers at most were allowed, and more than one was needed"
        assert len(stack.worker_pids("websocket_message")) <= 3
        await eventually(lambda: len(stack.worker_pids("websocket_message")) == 1)
        assert await ask(socket, "still") == "echo still"


async def test_a_worker_killed_in_the_middle_fails_that_invocation_alone(
    connect: Any, ask: Any, stack: Any, eventually: Any
) -> None:
    def busy() -> list[int]:
        return [worker["pid"] for worker in stack.workers("websocket_message") if worker["busy"]]

    async with connect() as one, connect() as other:
        pids: list[int] = []
        # On a busy machine the second worker may start after the first has done everything: once more then.
        for _ in range(20):
            asked = asyncio.gather(ask(one, "sleep 2"), ask(other, "sleep 2"))
            while len(pids := busy()) < 2 and not asked.done():
                await asyncio.sleep(0.05)
            if len(pids) == 2:
                break
            await asked
        # The one that started last has the most of its event before it.
        os.kill(pids[-1], signal.SIGKILL)
        answers = await asked
        assert sorted("Internal server error" in answer for answer in answers) == [False, True]
        assert "slept" in answers
        assert await ask(one, "hello") == "echo hello"


async def test_an_idle_worker_that_dies_fails_no_event(
    connect: Any, ask: Any, stack: Any, eventually: Any
) -> None:
    async with connect() as socket:
        for _ in range(5):
            assert await ask(socket, "hello") == "echo hello"
            # The answer comes before the handler has returned.
            await eventually(lambda: not any(each["busy"] for each in stack.workers("websocket_message")))
            doomed = set(stack.worker_pids("websocket_message"))
            for pid in doomed:
                os.kill(pid, signal.SIGKILL)
            # A killed process dies when the system gets to it; until then nobody can tell.
            await eventually(lambda gone=doomed: not gone & set(stack.worker_pids("websocket_message")))
        assert await ask(socket, "hello") == "echo hello"


async def test_the_functions_own_timeout_is_kept(connect: Any, ask: Any, stack: Any, eventually: Any) -> None:
    async with connect() as socket:
        assert "Internal server error" in await ask(socket, "sleep 20")
    await eventually(lambda: "Task timed out after 4.00 seconds" in stack.output)


async def test_output_is_shown_with_the_functions_name(
    connect: Any, ask: Any, stack: Any, eventually: Any
) -> None:
    async with connect() as socket:
        assert await ask(socket, "log") == "logged"
    await eventually(lambda: "ValueError: shown whole" in stack.output)
    assert "websocket_message | a plain line\n" in stack.output
    assert "websocket_message | WARNING structured room=general count=3\n" in stack.output
    name = r"websocket_message \|"
    trace = rf"{name} Traceback .*\n{name}   File .*\n{name}     raise Val"
    assert re.search(trace, stack.output)
