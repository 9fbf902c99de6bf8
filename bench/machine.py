"""The machine that a bench ran on, without which figures mean nothing."""

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def describe() -> dict[str, str | int | float]:
    """Return processor, cores, memory, system and Python of this machine."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count() or 1,
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    return platform.processor() or "unknown"


@contextmanager
def on_one_core() -> Iterator[tuple[set[int], set[int] | None]]:
    """Pin this process to one core; yield that core, and the others if there are any."""
    if not hasattr(os, "sched_setaffinity"):
        yield set(), None
        return
    before = os.sched_getaffinity(0)
    own, *others = sorted(before)
    os.sched_setaffinity(0, {own})
    try:
        yield {own}, set(others) or None
    finally:
        os.sched_setaffinity(0, before)
