"""What a page sends and asks in each hour that it is open: looked at, beside other work, in a hidden tab.

A real browser on the local stack, whose clock the bench moves, so that an hour takes seconds. Others write
all the time, or nobody does. What `deploy_extras cost` takes a page to send is printed beside it.
"""

import argparse
import json
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, Request, WebSocket, sync_playwright

from bench import progress
from bench.report import Report, Table
from deploy_extras.cost import LOOKING_SECONDS, NOT_LOOKING_SECONDS
from local.testing import RunningStack
from testkit import chromium
from testkit.page_attention import look, look_away, look_beside
from testkit.undertone import running_undertone

ATTENTION = {"looked at": look, "beside other work": look_beside, "in a hidden tab": look_away}
STEP_SECONDS = 5
ANSWER_SECONDS = 10.0
QUIET_MS = 40  # of real time after each step, for what a step starts
ROOM = "general"
NOTES = (
    "A connection is the handshake with the function behind it; calls of REST come with their path.",
    "The bill is that of `python -m deploy_extras cost`; messages make some of its pings needless.",
)


class Traffic:
    """Counts what a page sends over its connections and asks over REST, by action and by call."""

    def __init__(self, page: Page, rest_url: str) -> None:
        self._page = page
        self._rest = urlsplit(rest_url)
        self.counted: Counter[str] = Counter()
        self._asked = self._answered = 0
        page.on("websocket", self._follow)
        page.on("request", self._request)

    def settle(self) -> None:
        """Give what was just sent the time to be answered."""
        self._page.wait_for_timeout(QUIET_MS)
        end = time.monotonic() + ANSWER_SECONDS
        while self._answered < self._asked and time.monotonic() < end:
            self._page.wait_for_timeout(QUIET_MS)

    def take(self) -> Counter[str]:
        """Return what was counted since the last time."""
        taken, self.counted = self.counted, Counter()
        return taken

    def _follow(self, socket: WebSocket) -> None:
        self.counted["connection"] += 1
        self._asked = self._answered = 0
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)

    def _sent(self, frame: str | bytes) -> None:
        action = json.loads(frame)["action"]
        self.counted[action] += 1
        self._asked += action == "ping"

    def _received(self, frame: str | bytes) -> None:
        self._answered += json.loads(frame).get("event") == "pong"

    def _request(self, request: Request) -> None:
        url = urlsplit(request.url)
        if url.port == self._rest.port and url.path.startswith(self._rest.path + "/"):
            self.counted[f"{request.method} {url.path.removeprefix(self._rest.path)}"] += 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add this bench's options."""
    parser.add_argument("--minutes", type=int, default=60, help="of the page's time (default: %(default)s)")
    parser.add_argument(
        "--pause", type=int, default=120, help="seconds between messages of others (default: %(default)s)"
    )


def run(arguments: argparse.Namespace) -> Report:
    """Observe a page in every state."""
    path = chromium.required()
    with tempfile.TemporaryDirectory(prefix="undertone-frames-") as state:
        progress.show("starting the stack")
        with running_undertone(Path(state)) as stack:
            found = _observe(path, stack, arguments)
    return Report({"minutes": arguments.minutes, "frames": found}, [_table(found, arguments)], NOTES)


def _observe(path: str, stack: RunningStack, arguments: argparse.Namespace) -> dict[str, dict[str, int]]:
    found = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        page = browser.new_page()
        page.clock.install()
        traffic = Traffic(page, stack.rest_url)
        _visit(page, stack.url)
        hook = _hook(page, stack.rest_url)
        traffic.settle()
        found["a visit"] = dict(traffic.take())
        for pause in (None, arguments.pause):
            for name, attention in ATTENTION.items():
                title = f"{name}, {f'a message every {pause} s' if pause else 'nobody writes'}"
                progress.show(title)
                attention(page)
                page.clock.run_for(STEP_SECONDS * 1000)
                traffic.settle()
                traffic.take()
                moves = name == "looked at"
                _live(page, traffic, arguments.minutes, hook if pause else None, pause, moves=moves)
                found[title] = dict(traffic.take())
        browser.close()
    return found


def _visit(page: Page, url: str) -> None:
    page.goto(f"{url}#/r/{ROOM}")
    page.get_by_label("Your name").fill("Ada")
    page.get_by_role("button", name="Join").click()
    page.locator("#connection[data-connection=online]").wait_for()


def _live(
    page: Page, traffic: Traffic, minutes: int, hook: str | None, pause: int | None, *, moves: bool
) -> None:
    """Let the page's time pass; whoever looks at it moves something now and then."""
    for second in range(0, minutes * 60, STEP_SECONDS):
        if moves and second % 60 < STEP_SECONDS:
            page.evaluate("dispatchEvent(new Event('wheel'))")
        if hook and pause and second % pause < STEP_SECONDS:
            _post(page, hook, {"text": f"said after {second} seconds"})
        page.clock.run_for(STEP_SECONDS * 1000)
        traffic.settle()


def _hook(page: Page, rest_url: str) -> str:
    """Return the address of a hook of the room, made by somebody else."""
    token = _post(page, f"{rest_url}/session", {"name": "Grace"})["token"]
    made = _post(page, f"{rest_url}/rooms/{ROOM}/hooks", {"name": "Build"}, token)
    return str(made["url"])


def _post(page: Page, url: str, body: Any, token: str = "") -> Any:
    """Post to the service beside the page, whose own requests alone are counted."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = page.request.post(url, data=body, headers=headers)
    if not answer.ok:
        raise SystemExit(f"POST {url} was answered with {answer.status}: {answer.text()}")
    return answer.json()


def _table(found: dict[str, dict[str, int]], arguments: argparse.Namespace) -> Table:
    kinds = sorted({kind for counted in found.values() for kind in counted})
    taken = {"looked at": LOOKING_SECONDS, "beside other work": NOT_LOOKING_SECONDS}
    rows = []
    for title, counted in found.items():
        name, _, written = title.partition(", ")
        seconds = taken.get(name, NOT_LOOKING_SECONDS)
        pings = f"{arguments.minutes * 60 / seconds:.0f}" if written == "nobody writes" else ""
        rows.append([title, *(str(counted.get(kind, 0)) for kind in kinds), pings])
    title = f"What one page sends and asks in {arguments.minutes} minutes"
    return Table(title, ["the page is", *kinds, "pings in the bill"], rows)
