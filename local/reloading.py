"""Restart the functions when a file of the application changes."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

_INTERVAL_SECONDS = 1.0
_IGNORED = {"__pycache__", "deployments", "deployed", "venv"}

Snapshot = dict[Path, int]


def snapshot(app: Path) -> Snapshot:
    """Modification time of every Python file of the application and of its configuration."""
    files = [app / ".chalice" / "config.json", *app.rglob("*.py")]
    times = {}
    for file in files:
        if not _IGNORED & set(file.relative_to(app).parts):
            try:
                times[file] = file.stat().st_mtime_ns
            except FileNotFoundError:
                # Deleted between the listing and now: the difference to the last snapshot says so.
                continue
    return times


async def watch(app: Path, known: Snapshot, changed: Callable[[], Awaitable[None]]) -> None:
    """Call ``changed`` after each change since ``known``, once a second at most; never return."""
    while True:
        await asyncio.sleep(_INTERVAL_SECONDS)
        current = await asyncio.to_thread(snapshot, app)
        if current != known:
            known = current
            await changed()
