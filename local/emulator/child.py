"""MiniStack in a process of its own: ``python -m local.emulator.child``.

It adds two things to ``ministack`` itself. It stops, and so saves, when the process that started it has
ended, however that ended. And it saves every few seconds while something changes, so that a power cut loses
little.
"""

import asyncio
import os
import signal
import tempfile
import threading
import time
from typing import Any

from ministack import app as ministack  # type: ignore[import-untyped]
from ministack.core.persistence import save_all  # type: ignore[import-untyped]

_SAVE_INTERVAL_SECONDS = 5.0
# Saving copies all state on the server's own loop, the only place where it does not change meanwhile. So it
# waits for a moment without requests, but no longer than this after the first change.
_QUIET_SECONDS = 0.5
_MAX_SAVE_DELAY_SECONDS = 60.0
_SAVED_SERVICES = ("cloudformation", "dynamodb", "s3")
_READING_OPERATIONS = ("Get", "Query", "Scan", "BatchGet", "Describe", "List", "TransactGet")


class UnsavedChanges:
    """Notes which requests may have changed something, and when the last request came."""

    def __init__(self) -> None:
        self.since: float | None = None
        self.last_request = 0.0

    def note(self, scope: dict[str, Any]) -> None:
        """Take one ASGI request into account."""
        if scope.get("type") != "http":
            return
        self.last_request = time.monotonic()
        if self.since is None and _may_write(scope):
            self.since = self.last_request

    def due(self) -> bool:
        """Whether there is something to save and this is a good moment."""
        if self.since is None:
            return False
        now = time.monotonic()
        quiet = now - self.last_request >= _QUIET_SECONDS
        return quiet or now - self.since >= _MAX_SAVE_DELAY_SECONDS


def _may_write(scope: dict[str, Any]) -> bool:
    if str(scope.get("path", "")).startswith("/_ministack/"):
        return False
    target = next((v.decode("latin-1") for k, v in scope.get("headers", []) if k == b"x-amz-target"), None)
    if target is not None:
        return not target.rpartition(".")[2].startswith(_READING_OPERATIONS)
    return scope.get("method") not in ("GET", "HEAD", "OPTIONS")


async def _save_periodically(changes: UnsavedChanges) -> None:
    while True:
        await asyncio.sleep(_SAVE_INTERVAL_SECONDS)
        if changes.due():
            changes.since = None
            parts = ministack._build_persistence_save_dict()
            save_all({name: parts[name] for name in _SAVED_SERVICES if name in parts})


def _stop_after(parent: int) -> None:
    """Send this process SIGTERM once its parent has ended: MiniStack then saves and ends."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    """Run MiniStack until SIGTERM; its settings come from its own environment variables."""
    # Away from the packages of this tool: functions that MiniStack runs must not find them.
    os.chdir(tempfile.gettempdir())
    threading.Thread(target=_stop_after, args=(os.getppid(),), daemon=True).start()
    changes = UnsavedChanges()
    inner = ministack.app
    saving: list[asyncio.Task[None]] = []

    async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope.get("type") == "lifespan":
            saving.append(asyncio.create_task(_save_periodically(changes)))
        changes.note(scope)
        await inner(scope, receive, send)

    # MiniStack's main() serves the module's global.
    ministack.app = app
    ministack.main()


if __name__ == "__main__":
    main()
