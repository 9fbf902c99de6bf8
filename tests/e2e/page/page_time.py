"""The page's own time, moved by the test: no timer of the page can outrun it on a busy machine."""

import json
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary, proxy

from playwright.sync_api import Page, WebSocket

STEP_MS = 250
MAX_MS = 120_000
PAUSE_MS = 50  # long enough that what a step starts can end before the page gives up on it
JUMP_SECONDS = 20
ANSWER_SECONDS = 5


def stop_time(page: Page) -> None:
    """Let the page's timers and clock stand still from now on; the page was opened with ``own_time=True``."""
    # The clock followed real time and cannot be set back: it jumps further than a busy machine stalls.
    page.clock.pause_at(datetime.now() + timedelta(seconds=JUMP_SECONDS))


def own_time(page: Page) -> None:
    """Give a page that has loaded a clock and timers that stand still between the steps of a test."""
    page.clock.install()
    now = page.evaluate("Date.now()") / 1000  # an earlier test on the same page may have moved it
    page.clock.pause_at(datetime.fromtimestamp(now) + timedelta(seconds=JUMP_SECONDS))


class Frames:
    """The frames of a page's newest connection, counted by action and event."""

    def __init__(self, page: Page) -> None:
        self._page: Page = proxy(page)  # or else no page would ever be forgotten
        self._sent: Counter[str] = Counter()
        self._received: Counter[str] = Counter()
        page.on("websocket", self._follow)

    def wait_until_received(self, event: str) -> None:
        """Wait until the page has got an event of this kind.

        Raises
        ------
        AssertionError
            It did not come.
        """
        assert self._wait(lambda: bool(self._received[event])), f"the page got no {event}"

    def wait_for_pongs(self) -> None:
        """Wait until every ping is answered, at most as long as a service that answers at all would take."""
        self._wait(lambda: self._sent["ping"] <= self._received["pong"])

    def _wait(self, holds: Callable[[], bool]) -> bool:
        end = time.monotonic() + ANSWER_SECONDS
        while not holds() and time.monotonic() < end:
            self._page.wait_for_timeout(PAUSE_MS)  # Playwright hands its events over only while it waits
        return holds()

    def _follow(self, socket: WebSocket) -> None:
        self._sent, self._received = Counter(), Counter()
        sent, received = self._sent, self._received
        socket.on("framesent", lambda frame: sent.update([_kind(frame, "action")]))
        socket.on("framereceived", lambda frame: received.update([_kind(frame, "event")]))
        socket.on("close", lambda _: sent.clear())


def _kind(frame: str | bytes, name: str) -> str:
    return str(json.loads(frame).get(name))


_frames: "WeakKeyDictionary[Page, Frames]" = WeakKeyDictionary()


def follow_frames(page: Page) -> Frames:
    """Return the frames of a page, counted from the first call on; it must come before the page connects."""
    if page not in _frames:
        _frames[page] = Frames(page)
    return _frames[page]


def pass_time(page: Page, milliseconds: int) -> None:
    """Let the page's time pass, and every timer that is due go off in its order."""
    page.clock.run_for(milliseconds)


def pass_time_connected(page: Page, milliseconds: int, *, step_ms: int = 1_000) -> None:
    """Let the page's time pass in steps, each long enough for the service to answer the page's pings."""
    for _ in range(0, milliseconds, step_ms):
        page.clock.run_for(step_ms)
        page.wait_for_timeout(PAUSE_MS)
        follow_frames(page).wait_for_pongs()


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
