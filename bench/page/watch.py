"""What the browser itself says about its main thread."""

import json
from typing import Any

from playwright.async_api import Browser, CDPSession, Page

# Each key press, until the browser has drawn what followed from it.
KEYS = """() => {
  globalThis.benchKeys = [];
  const channel = new MessageChannel();
  const waiting = [];
  channel.port1.onmessage = () => benchKeys.push(performance.now() - waiting.shift());
  addEventListener("keydown", (event) => {
    const { timeStamp } = event;
    requestAnimationFrame(() => { waiting.push(timeStamp); channel.port2.postMessage(null); });
  }, { capture: true });
}"""


class MainThread:
    """The main thread of one page."""

    def __init__(self, session: CDPSession) -> None:
        self._session = session

    @classmethod
    async def of(cls, page: Page) -> "MainThread":
        """Begin to watch a page."""
        session = await page.context.new_cdp_session(page)
        await session.send("Performance.enable", {"timeDomain": "threadTicks"})
        return cls(session)

    async def metric(self, name: str) -> float:
        """Return one of the browser's metrics: ``Nodes``, ``TaskDuration`` (processor time in seconds)."""
        answer = await self._session.send("Performance.getMetrics")
        return next(float(metric["value"]) for metric in answer["metrics"] if metric["name"] == name)

    async def heap_mib(self) -> float:
        """Return the memory of the page's objects, without what nothing refers to any more, in MiB."""
        await self._session.send("HeapProfiler.collectGarbage")
        return await self.metric("JSHeapUsedSize") / 2**20


async def begin_trace(browser: Browser, page: Page) -> None:
    """Record the tasks of a page."""
    await browser.start_tracing(page=page, categories=["toplevel", "disabled-by-default-devtools.timeline"])


async def longest_task_ms(browser: Browser) -> float:
    """End the recording; return the processor time of the longest task of the busiest main thread, in ms."""
    events: list[dict[str, Any]] = json.loads(await browser.stop_tracing())["traceEvents"]
    mains = {
        (event["pid"], event["tid"])
        for event in events
        if event.get("name") == "thread_name" and event["args"].get("name") == "CrRendererMain"
    }
    tasks = [
        event["tdur"] / 1000
        for event in events
        if "tdur" in event and event["name"].endswith("RunTask") and (event["pid"], event["tid"]) in mains
    ]
    return max(tasks, default=0.0)
