"""Child processes that cannot outlive the stack."""

import asyncio
import contextlib
import ctypes
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

_PR_SET_PDEATHSIG = 1
# Loaded here, because between fork and exec nothing may be imported.
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def _follow_parent(parent: int, death_signal: signal.Signals) -> Callable[[], None]:
    """Return what the child runs before exec: Linux then signals it when the stack dies, even by SIGKILL."""

    def prepare() -> None:
        if _libc is not None:
            _libc.prctl(_PR_SET_PDEATHSIG, int(death_signal))
            if os.getppid() != parent:
                os.kill(os.getpid(), death_signal)

    return prepare


async def start_child(
    arguments: Sequence[str],
    *,
    env: Mapping[str, str],
    cwd: Path,
    stdout: int,
    stderr: int,
    death_signal: signal.Signals = signal.SIGKILL,
) -> asyncio.subprocess.Process:
    """Start a child in a session of its own, so that Ctrl-C reaches the stack alone, which then stops it.

    Parameters
    ----------
    death_signal
        What the child gets when the stack dies without stopping it (Linux only; elsewhere a child must notice
        by itself that its parent is gone).
    """
    return await asyncio.create_subprocess_exec(
        *arguments,
        env=dict(env),
        cwd=cwd,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=stdout,
        stderr=stderr,
        start_new_session=True,
        preexec_fn=_follow_parent(os.getpid(), death_signal),
        limit=1024 * 1024,
    )


def kill_group(process: asyncio.subprocess.Process) -> None:
    """Kill a child and whatever it started in its session."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


async def stop_child(process: asyncio.subprocess.Process, seconds: float) -> None:
    """Ask a child to stop with SIGTERM and wait; kill it if it has not stopped after ``seconds``."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), seconds)
        except TimeoutError:
            kill_group(process)
    await process.wait()
