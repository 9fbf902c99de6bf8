"""Starting, failing to start, and stopping: always whole, and never with a process left behind."""

import json
import os
import shutil
import signal
import socket
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import boto3
import pytest

from local.state import ENDPOINTS_FILE
from local.testing import RunningStack, StackFailedError, running_stack, stack_process

ECHO = Path(__file__).parent / "apps" / "echo"
linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """A copy of the sample that a test may break."""
    return Path(shutil.copytree(ECHO, tmp_path / "app", ignore=shutil.ignore_patterns("__pycache__")))


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[..., RunningStack]]:
    made: list[RunningStack] = []

    def build(app: Path = ECHO, **options: Any) -> RunningStack:
        stack = stack_process(app=app, state=options.pop("state", tmp_path / "state"), **options)
        made.append(stack)
        return stack

    yield build
    for stack in made:
        stack.stop()


@pytest.fixture(scope="module")
def second() -> Iterator[RunningStack]:
    """A stack of another stage, beside the shared one."""
    with running_stack(app=ECHO, stage="prod", arguments=["--no-reload"]) as running:
        yield running


def processes_of(state: Path) -> list[int]:
    """Every process that was given this state directory, by its environment or arguments."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                told = (entry / "environ").read_bytes() + (entry / "cmdline").read_bytes()
                alive = (entry / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
            except OSError:
                continue
            if alive and str(state).encode() in told:
                found.append(int(entry.name))
    return found


@linux
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_stops_everything_in_order(make: Any, number: signal.Signals) -> None:
    stack = make()
    stack.start()
    assert len(processes_of(stack.state)) >= 6, "the stack, MiniStack and four warm workers"
    async with aiohttp.ClientSession() as session, session.ws_connect(stack.ws_url) as client:
        await client.send_str("sleep 0.1")
        assert await client.receive_str(timeout=30) == "slept"
        os.kill(stack.pid, number)
        message = await client.receive(timeout=30)
        assert (message.type, message.data) == (aiohttp.WSMsgType.CLOSE, 1001)
    assert stack.stop() == 0
    assert '"disconnectStatusCode": 1001' in stack.output, "$disconnect still ran"
    assert processes_of(stack.state) == []
    assert not (stack.state / ENDPOINTS_FILE).exists()
    assert "Traceback" not in stack.output


@linux
async def test_no_process_is_left_when_the_stack_is_killed(make: Any, eventually: Any) -> None:
    stack = make()
    stack.start()
    async with aiohttp.ClientSession() as session, session.ws_connect(stack.ws_url) as client:
        await client.send_str("sleep 30")
        await eventually(lambda: any(worker["busy"] for worker in stack.workers("websocket_message")))
        assert stack.stop(signal.SIGKILL) == -signal.SIGKILL
    await eventually(lambda: not processes_of(stack.state))


@linux
async def test_the_stack_ends_when_its_storage_dies(make: Any) -> None:
    stack = make()
    stack.start()
    [child] = [
        pid
        for pid in processes_of(stack.state)
        if b"local.emulator.child" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]
    os.kill(child, signal.SIGKILL)
    assert stack.wait() == 1
    assert "MiniStack" in stack.output and "ministack.log" in stack.output
    assert processes_of(stack.state) == []


@linux
def test_an_application_that_cannot_be_imported_is_refused_in_one_line(make: Any, app: Path) -> None:
    (app / "app.py").write_text("import nowhere_to_be_found\n")
    stack = make(app)
    with pytest.raises(StackFailedError, match="exit code 1"):
        stack.start()
    assert "Traceback" not in stack.output
    [line] = [line for line in stack.output.splitlines() if "nowhere_to_be_found" in line]
    assert line.startswith(f"{app}/app.py, line 1,") and f"{app}/requirements.txt" in line
    assert "ModuleNotFoundError: No module named 'nowhere_to_be_found'" in line
    assert processes_of(stack.state) == []


def test_a_function_that_is_called_before_there_is_any_is_an_error_at_once(make: Any, app: Path) -> None:
    call = "boto3.client('lambda').invoke(FunctionName='echo-dev-double', Payload=b'1')"
    (app / "app.py").write_text(f"import boto3\n{call}\n")
    stack = make(app)
    with pytest.raises(StackFailedError, match=r"line 2, .*ResourceNotFound.*There is no function yet"):
        stack.start()


@linux
def test_stopping_during_the_start_leaves_no_process(make: Any, app: Path) -> None:
    (app / "app.py").write_text("import time\ntime.sleep(60)\n")
    stack = make(app)
    process = stack.launch()
    while "Starting" not in stack.output:
        assert process.poll() is None, stack.output
    assert stack.stop(signal.SIGINT) == 0
    assert processes_of(stack.state) == []


def test_two_stacks_run_side_by_side_but_not_on_one_state(
    make: Any, stack: RunningStack, second: RunningStack
) -> None:
    other = make(state=stack.state)
    with pytest.raises(
        StackFailedError, match=f"Another stack .process {stack.pid}. uses the state directory"
    ):
        other.start()
    assert second.url != stack.url
    for each in (stack, second):
        with urllib.request.urlopen(f"{each.url}config.json", timeout=10) as response:
            assert json.load(response)["restUrl"] == each.rest_url


def test_a_taken_port_is_said(make: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        stack = make(port=other.getsockname()[1])
        with pytest.raises(StackFailedError, match="is taken by another program"):
            stack.start()


@linux
def test_everything_listens_on_loopback_alone(stack: RunningStack) -> None:
    mine = set(processes_of(stack.state))
    inodes = set()
    for pid in mine:
        for link in Path(f"/proc/{pid}/fd").iterdir():
            target = str(link.readlink())
            if target.startswith("socket:["):
                inodes.add(target[8:-1])
    tables = [Path("/proc/net/tcp"), Path("/proc/net/tcp6")]
    listening = [line.split() for table in tables for line in table.read_text().splitlines()[1:]]
    addresses = {fields[1].split(":")[0] for fields in listening if fields[3] == "0A" and fields[9] in inodes}
    assert addresses == {"0100007F"}, "127.0.0.1 in the kernel's notation"


async def test_a_changed_file_is_taken_over_without_a_restart(
    app: Path, tmp_path: Path, eventually: Any
) -> None:
    (app / "chalicelib").mkdir()
    (app / "chalicelib" / "greeting.txt").write_text("echo")
    text = (app / "app.py").read_text()
    read = 'Path("chalicelib/greeting.txt").read_text()'
    (app / "app.py").write_text(text.replace('f"echo {event.body}"', f'{read} + " " + event.body'))
    with running_stack(app=app, state=tmp_path / "state") as stack:

        async def answer() -> str:
            async with aiohttp.ClientSession() as session, session.ws_connect(stack.ws_url) as client:
                await client.send_str("hello")
                return str(await client.receive_str(timeout=30))

        assert await answer() == "echo hello"
        # No module, but part of the package.
        (app / "chalicelib" / "greeting.txt").write_text("new")
        await eventually(lambda: stack.output.count("functions restart") == 1)
        assert await answer() == "new hello"
        # Functions go on with what was deployed last, also those that start from now on.
        (app / "app.py").write_text("broken = ")
        await eventually(lambda: "The change is not taken over" in stack.output)
        killed = set(stack.worker_pids("websocket_message"))
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        # An event that a dying worker still takes fails, as at Lambda.
        await eventually(lambda: killed.isdisjoint(stack.worker_pids("websocket_message")))
        assert await answer() == "new hello"


async def test_changed_requirements_are_taken_over_without_a_restart(
    app: Path, tmp_path: Path, eventually: Any
) -> None:
    with (app / "app.py").open("a") as file:
        file.write("\n@app.lambda_function()\ndef version(event, context):\n    return boto3.__version__\n")

    def version() -> Any:
        return json.load(stack.client("lambda").invoke(FunctionName="echo-dev-version")["Payload"])

    with running_stack(app=app, state=tmp_path / "state") as stack:
        assert version() == boto3.__version__
        # The same as in test_description.py, so that their environment is made once.
        (app / "requirements.txt").write_text("boto3==1.27.0\n")
        await eventually(lambda: "functions restart" in stack.output, timeout_seconds=180)
        assert version() == "1.27.0"
        (app / "requirements.txt").write_text("./there-is-no-such-package\n")
        await eventually(lambda: "The change is not taken over" in stack.output, timeout_seconds=180)
        assert "there-is-no-such-package" in stack.output
        assert version() == "1.27.0"


def test_another_stage_has_its_own_name_and_path(second: RunningStack) -> None:
    assert second.rest_url.endswith("/v1")
    with urllib.request.urlopen(f"{second.rest_url}/", timeout=10) as response:
        assert json.load(response) == {"greeting": "hello"}
    answer = second.client("lambda").invoke(FunctionName="echo-prod-double", Payload=b'{"number": 1}')
    assert json.load(answer["Payload"])["double"] == 2
