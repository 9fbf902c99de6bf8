"""MiniStack in a process of its own: ``python -m local.emulator.child``.

It adds two things to ``ministack`` itself. It stops, and so saves, when the process that started it has
ended, however that ended. And what it has acknowledged survives any end: DynamoDB's writes are in a journal
at once, and everything else is saved within two seconds.
"""

import asyncio
import os
import signal
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from ministack import app as ministack  # type: ignore[import-untyped]
from ministack.core.persistence import PERSIST_STATE, save_all  # type: ignore[import-untyped]
from ministack.services import dynamodb  # type: ignore[import-untyped]

from local.emulator.journal import Journal, is_write

_TICK_SECONDS = 1.0
# Saving copies all state on the server's own loop, the only place where it does not change meanwhile. What is
# in the journal can wait for a quiet moment; what is not must not wait.
_QUIET_SECONDS = 5.0
_SAVED_SERVICES = ("cloudformation", "dynamodb", "s3")
_STATE = Path(os.environ.get("STATE_DIR", "/tmp/ministack-state"))  # noqa: S108 - MiniStack's own default


class UnsavedChanges:
    """Notes which requests may have changed something, and when the last one did."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.in_journal = False
        self.elsewhere = False
        self._last = 0.0

    def note(self, scope: dict[str, Any]) -> None:
        """Take one ASGI request into account."""
        if scope.get("type") != "http" or str(scope.get("path", "")).startswith("/_ministack/"):
            return
        headers = scope.get("headers", [])
        target = next((v.decode("latin-1") for k, v in headers if k == b"x-amz-target"), None)
        if not (is_write(target) if target else scope.get("method") not in ("GET", "HEAD", "OPTIONS")):
            return
        self._last = time.monotonic()
        if target and target.startswith("DynamoDB"):
            self.in_journal = True
        else:
            self.elsewhere = True

    def due(self) -> bool:
        """Whether there is something to save, and now."""
        quiet = time.monotonic() - self._last >= _QUIET_SECONDS
        return self.elsewhere or (self.in_journal and (quiet or self._journal.large))

    def saved(self) -> None:
        """Note that all of it is saved."""
        self.in_journal = self.elsewhere = False


async def _save_periodically(changes: UnsavedChanges, journal: Journal) -> None:
    while True:
        await asyncio.sleep(_TICK_SECONDS)
        await asyncio.to_thread(journal.sync)
        if changes.due():
            changes.saved()
            begun = time.time()
            parts = ministack._build_persistence_save_dict()
            save_all({name: parts[name] for name in _SAVED_SERVICES if name in parts})
            # MiniStack logs a failure and returns: the file tells.
            state = _STATE / "dynamodb.json"
            if state.exists() and state.stat().st_mtime >= begun:
                journal.saved()


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
    journal = Journal(_STATE / "journal")
    changes = UnsavedChanges(journal)
    if PERSIST_STATE:
        journal.attach(dynamodb)
    inner = ministack.app
    saving: list[asyncio.Task[None]] = []

    async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
        async def send_when_replayed(message: dict[str, Any]) -> None:
            if message["type"] == "lifespan.startup.complete" and PERSIST_STATE:
                changes.in_journal = await journal.replay() > 0
                saving.append(asyncio.create_task(_save_periodically(changes, journal)))
            await send(message)

        changes.note(scope)
        await inner(scope, receive, send_when_replayed if scope.get("type") == "lifespan" else send)

    # MiniStack's main() serves the module's global.
    ministack.app = app
    ministack.main()


if __name__ == "__main__":
    main()
