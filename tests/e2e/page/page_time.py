"""The page's own time, moved by the test: no timer of the page can outrun it on a busy machine."""

from collections.abc import Callable
from datetime import datetime, timedelta

from playwright.sync_api import Page

STEP_MS = 250
MAX_MS = 120_000
PAUSE_MS = 50  # long enough that what a step starts can end before the page gives up on it
JUMP_SECONDS = 20


def stop_time(page: Page) -> None:
    """Let the page's timers and clock stand still from now on; the page was opened with ``own_time=True``."""
    # The clock followed real time and cannot be set back: it jumps further than a busy machine stalls.
    page.clock.pause_at(datetime.now() + timedelta(seconds=JUMP_SECONDS))


def pass_time(page: Page, milliseconds: int) -> None:
    """Let the page's time pass, and every timer that is due go off in its order."""
    page.clock.run_for(milliseconds)


def pass_time_connected(page: Page, milliseconds: int, *, step_ms: int = 1_000) -> None:
    """Let the page's time pass in steps, each long enough for the service to answer the page's pings."""
    for _ in range(0, milliseconds, step_ms):
        page.clock.run_for(step_ms)
        page.wait_for_timeout(PAUSE_MS)


def pass_time_until(page: Page, holds: Callable[[], object], what: str, *, step_ms: int = STEP_MS) -> None:
    """Let the page's time pass bit by bit until something holds that follows from its timers.

    What a timer starts (a request, a handshake) takes real time, so each step is followed by a short wait.

    Raises
    ------
    AssertionError
        It did not happen within two minutes of the page's time.
    """
    for _ in range(0, MAX_MS, step_ms):
        if holds():
            return
        page.clock.run_for(step_ms)
        page.wait_for_timeout(PAUSE_MS)
    raise AssertionError(f"within {MAX_MS / 1000:g} s of the page's time this did not happen: {what}")
