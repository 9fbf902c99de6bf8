"""Notice when something of the application changes that its functions are made of."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from local.package import package_files
from local.requirements import requirement_files

_INTERVAL_SECONDS = 1.0

Snapshot = dict[Path, tuple[int, int]]


def snapshot(app: Path) -> Snapshot:
    """Size and time of everything that goes into the package, of the requirements and the configuration."""
    files = [app / ".chalice" / "config.json", *package_files(app).values(), *requirement_files(app)]
    taken = {}
    for file in files:
        try:
            status = file.stat()
        except FileNotFoundError:
            # Deleted between the listing and now: the difference to the last snapshot says so.
            continue
        taken[file] = (status.st_mtime_ns, status.st_size)
    return taken


async def watch(app: Path, known: Snapshot, changed: Callable[[], Awaitable[None]]) -> None:
    """Call ``changed`` after each change since ``known``, once a second at most; never return."""
    while True:
        await asyncio.sleep(_INTERVAL_SECONDS)
        current = await asyncio.to_thread(snapshot, app)
        if current != known:
            known = current
            await changed()
