"""One worker: a process of the runtime client that takes one event at a time."""

import asyncio
import signal
import time
from collections.abc import Callable

from local.lambdas.invocation import Invocation
from local.processes import kill_group

_CHUNK_BYTES = 64 * 1024
_LINE_BYTES = 1024 * 1024


class Worker:
    """State of one process. The pool alone changes it."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.current: Invocation | None = None
        self.timer: asyncio.TimerHandle | None = None
        self.parked: asyncio.Future[Invocation] | None = None
        self.initialised = False
        self.init_error: bytes | None = None
        self.settled = asyncio.Event()
        """Set once it is known whether the application could be imported."""
        self.idle_since = time.monotonic()
        self.retired = False
        """Whether it should exit, once its current event is done."""

    @property
    def idle(self) -> bool:
        """Whether it waits for an event right now."""
        return self.parked is not None and not self.parked.done()

    def take(self, invocation: Invocation, timer: asyncio.TimerHandle) -> None:
        """Remember the event that is being handled, and the timer that ends it if it takes too long."""
        self.current = invocation
        self.timer = timer

    def release(self) -> Invocation | None:
        """Forget the event; return it if there was one."""
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None
        invocation, self.current = self.current, None
        return invocation

    def kill(self) -> None:
        """End the process at once, as Lambda ends a sandbox."""
        kill_group(self.process)

    def exit_sentence(self) -> str:
        """How the process ended, in the words of Lambda."""
        code = self.process.returncode
        if code is not None and code < 0:
            return f"Runtime exited with error: signal: {(signal.strsignal(-code) or str(-code)).lower()}"
        return (
            f"Runtime exited with error: exit status {code}"
            if code
            else "Runtime exited without providing a reason"
        )


async def forward_lines(stream: asyncio.StreamReader, write: Callable[[str], None]) -> None:
    """Hand every line of a worker's output to ``write``; an endless line is cut where it gets too long."""
    rest = b""
    while chunk := await stream.read(_CHUNK_BYTES):
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            # The runtime client joins the lines of a traceback with carriage returns: one log event on AWS.
            for part in line.decode("utf-8", "replace").split("\r"):
                write(part)
        if len(rest) > _LINE_BYTES:
            write(rest.decode("utf-8", "replace"))
            rest = b""
    if rest:
        write(rest.decode("utf-8", "replace"))
