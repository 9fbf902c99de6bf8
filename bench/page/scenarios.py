"""What people do with a long log, and what it costs the page."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from playwright.async_api import Browser, Page

from bench.earlier import Figures
from bench.page.service import PageService
from bench.page.watch import KEYS, MainThread, begin_trace, longest_task_ms

SHORT, LONG = 70, 1000
PER_SECOND = 100
KEY_SECONDS = 0.25
MESSAGE_SECONDS = 0.05
SETTLING_SECONDS = 1.0
WAIT_MS = 300_000
AFTER = 1200  # messages that come between two looks at the memory: more than the page keeps
# A page that does not keep up is not waited for: with every message in its document one fell minutes behind.
BEHIND_SECONDS = 60.0
MEMORY_SECONDS = 180.0
NEWEST = "(seq) => document.querySelector(`article[data-seq='${seq}']`)"
# The least that anything costs which people see.
CHANGE_A_WORD = "(words) => { document.getElementById('room-topic').textContent = words; }"
# Nothing but texts in a box that scrolls, the last one always in sight: the least that a chat can do.
BARE = """async ([address, rows]) => {
  const log = document.body.appendChild(document.createElement("main"));
  Object.assign(log.style, { height: "700px", overflow: "auto", background: "white" });
  const add = (text) => {
    log.appendChild(document.createElement("p")).textContent = text;
    if (log.childElementCount > rows) log.firstChild.remove();
    log.scrollTop = log.scrollHeight;
  };
  for (let row = 0; row < rows; row += 1) add(`Row ${row}`);
  const socket = new WebSocket(address);
  socket.addEventListener("message", ({ data }) => {
    const [{ text }] = JSON.parse(data).messages;
    requestAnimationFrame(() => add(text));
  });
  await new Promise((resolve) => socket.addEventListener("open", resolve));
}"""
# One step for each frame, as somebody does who holds the key for it.
GO_TO_FIRST = """async () => {
  const log = document.getElementById("log");
  let most = 0;
  while (!document.querySelector("article[data-seq='1']")) {
    log.scrollTop = 0;
    await new Promise((resolve) => requestAnimationFrame(resolve));
    most = Math.max(most, document.getElementById("log-rows").childElementCount);
  }
  return most;
}"""
GO_DOWN = "() => { document.getElementById('log-pill').click(); }"


async def messages(browser: Browser, service: PageService, count: int) -> Figures:
    """Return the cost of a message that arrives in sight, in a short log and in a long one."""
    figures: Figures = {}
    for length in (SHORT, LONG):
        async with _page(browser, service, length) as page:
            await page.evaluate(GO_TO_FIRST)
            await page.evaluate(GO_DOWN)
            figures[f"a message at the end of {length:,}, ms"] = await _each(page, service, count)
            if length == SHORT:
                figures["to compare: one word changes in the head, ms"] = await _words(page, count)
    figures["to compare: a text at the end of a bare page, ms"] = await _bare(browser, service, count)
    return figures


async def back(browser: Browser, service: PageService, length: int, count: int) -> Figures:
    """Return how long it takes to scroll back to the first message, and what a message costs there."""
    async with _page(browser, service, length) as page:
        await begin_trace(browser, page)
        begun = time.monotonic()
        rows = await page.evaluate(GO_TO_FIRST)
        took = time.monotonic() - begun
        longest = await longest_task_ms(browser)
        await asyncio.sleep(SETTLING_SECONDS)
        main = await MainThread.of(page)
        return {
            f"{length:,} messages back, s": took,
            "longest task on the way, ms": longest,
            "rows in the document, at most": rows,
            "nodes": await main.metric("Nodes"),
            f"a message beyond {length:,}, ms": await _each(page, service, count),
        }


async def flood(browser: Browser, service: PageService, seconds: float) -> Figures:
    """Return the longest task and the slowest answer to a key while a hundred messages come each second."""
    async with _page(browser, service, LONG) as page:
        await page.evaluate(KEYS)
        await page.get_by_role("textbox", name="Message").focus()
        await begin_trace(browser, page)
        sending = asyncio.create_task(_send(service, seconds))
        while not sending.done():
            await page.keyboard.press("a")
            await asyncio.sleep(KEY_SECONDS)
        newest = await sending
        with suppress(TimeoutError):
            async with asyncio.timeout(BEHIND_SECONDS):
                await _until_shown(page, newest)
        longest = await longest_task_ms(browser)
        keys = sorted(await page.evaluate("() => benchKeys"))
        return {
            f"{PER_SECOND} messages a second: longest task, ms": longest,
            f"{PER_SECOND} messages a second: slowest key, ms": keys[-1],
            f"{PER_SECOND} messages a second: key, median, ms": keys[len(keys) // 2],
        }


async def memory(browser: Browser, service: PageService) -> Figures:
    """Return the memory of a page that has followed a room for long, and for twice as long.

    What it did not reach within three minutes is left out.
    """
    figures: Figures = {}
    async with _page(browser, service, LONG) as page:
        main = await MainThread.of(page)
        with suppress(TimeoutError):
            async with asyncio.timeout(MEMORY_SECONDS):
                for words in (f"after {AFTER:,} messages", f"after {2 * AFTER:,} messages"):
                    for _ in range(0, AFTER, PER_SECOND):
                        await _until_shown(page, await service.say("general", PER_SECOND, at_once=PER_SECOND))
                    figures[f"memory {words}, MiB"] = await main.heap_mib()
    return figures


@asynccontextmanager
async def _page(browser: Browser, service: PageService, length: int) -> AsyncIterator[Page]:
    service.fill("general", length)
    context = await browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(WAIT_MS)
    page = await context.new_page()
    await page.goto(f"{service.url}#/r/general")
    await page.get_by_label("Your name").fill("Ada")
    await page.get_by_role("button", name="Join").click()
    await _until_shown(page, length)
    await asyncio.sleep(SETTLING_SECONDS)
    yield page
    await context.close()


async def _each(page: Page, service: PageService, count: int) -> float:
    """Return the processor time of the main thread for each message, in ms; messages come one by one."""
    await asyncio.sleep(SETTLING_SECONDS)
    main = await MainThread.of(page)
    before = await main.metric("TaskDuration")
    for _ in range(count):
        await service.say("general")
        await asyncio.sleep(MESSAGE_SECONDS)
    await asyncio.sleep(SETTLING_SECONDS)
    return 1000 * (await main.metric("TaskDuration") - before) / count


async def _bare(browser: Browser, service: PageService, count: int) -> float:
    service.fill("general", SHORT)
    context = await browser.new_context(viewport={"width": 1280, "height": 800})
    page = await context.new_page()
    await page.goto(f"{service.url}bare")
    await page.evaluate(BARE, [f"{service.url.replace('http', 'ws', 1)}ws", SHORT])
    each = await _each(page, service, count)
    await context.close()
    return each


async def _words(page: Page, count: int) -> float:
    main = await MainThread.of(page)
    await page.evaluate("() => { document.getElementById('room-topic').hidden = false; }")
    before = await main.metric("TaskDuration")
    for number in range(count):
        await page.evaluate(CHANGE_A_WORD, f"word {number}")
        await asyncio.sleep(MESSAGE_SECONDS)
    return 1000 * (await main.metric("TaskDuration") - before) / count


async def _send(service: PageService, seconds: float) -> int:
    begun = time.monotonic()
    last = sent = 0
    while time.monotonic() - begun < seconds:
        due = int((time.monotonic() - begun) * PER_SECOND) - sent
        if due > 0:
            last = await service.say("general", due)
            sent += due
        await asyncio.sleep(1 / PER_SECOND)
    return last or await service.say("general")


async def _until_shown(page: Page, seq: int) -> None:
    await page.wait_for_function(NEWEST, arg=seq, timeout=WAIT_MS)
