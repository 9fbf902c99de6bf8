"""How long the page takes to open, from far away, as a deployment uploads it: the first time, and again.

A browser gets what CloudFront gives it: HTTP/2 over TLS, compressed, with the deployment's own headers. A
proxy makes each round trip as long as asked, and lets TCP begin as slowly as it does.
"""

import argparse
import asyncio
import ssl
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from bench.load.network import FarAway
from bench.load.server import SiteServer
from bench.report import Report, Table
from deploy_extras import site
from deploy_extras.release import deployment
from testkit.certificate import Certificate
from testkit.chromium import FLAGS, required

GOALS = "Goals at 100 ms: 1 s the first time; 0.4 s again, asking for the document and config.json alone."
SHOWN = "Until the first screen is drawn, by the browser's own clock, from the start of the navigation."
WAIT_MS = 60_000
# Marks the moment at which the first screen has been drawn.
WATCH = """(() => {
  const look = () => {
    if (document.getElementById("join")?.hidden !== false) return requestAnimationFrame(look);
    const drawn = new MessageChannel();
    drawn.port1.onmessage = () => { globalThis.benchShownMs = performance.now(); };
    requestAnimationFrame(() => drawn.port2.postMessage(null));
  };
  look();
})()"""
KEPT = "() => navigator.serviceWorker?.controller != null"
# What is loaded while the first screen is there already.
COMPLETE = """() => performance.getEntriesByType("resource")
  .find((entry) => entry.name.endsWith("scripts/wiring.js"))?.responseEnd"""
RECEIVED = """() => performance.getEntries().filter((entry) => entry.responseEnd < benchShownMs)
  .reduce((sum, entry) => sum + (entry.transferSize ?? 0), 0)"""
Samples = dict[str, list[float]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add this bench's options."""
    parser.add_argument(
        "--latency", type=float, default=100.0, help="milliseconds of a round trip (default: %(default)s)"
    )
    parser.add_argument(
        "--times", type=int, default=7, help="browsers that open the page (default: %(default)s)"
    )


def run(arguments: argparse.Namespace) -> Report:
    """Open the page several times; report medians, and the best of each."""
    samples = asyncio.run(_opened(required(), arguments.latency / 1000, arguments.times))
    figures = {name: statistics.median(values) for name, values in samples.items()}
    rows = [[name, f"{figures[name]:.2f}", f"{min(values):.2f}"] for name, values in samples.items()]
    table = Table(
        f"Opening the page at {arguments.latency:g} ms", ("", "median", f"best of {arguments.times}"), rows
    )
    return Report({"load": figures}, [table], [GOALS, SHOWN])


async def _opened(chromium: str, round_trip_seconds: float, times: int) -> Samples:
    asyncio.get_running_loop().set_exception_handler(_ignore_ends)
    config = site.config("wss://localhost/ws", "https://localhost/api", "bench", {})
    files = [*deployment(site.FOLDER), config]
    alone = [file for file in files if file.key != site.WORKER]
    samples: Samples = {}
    with tempfile.TemporaryDirectory() as folder:
        certificate = Certificate(Path(folder))
        trusting = [*FLAGS, f"--ignore-certificate-errors-spki-list={certificate.key_hash}"]
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium, args=trusting)
            for _ in range(times):
                async with SiteServer(files, certificate) as server:
                    _add(samples, await _visit(browser, server, round_trip_seconds))
                async with SiteServer(alone, certificate) as server:
                    _add(samples, await _without_worker(browser, server, round_trip_seconds))
            await browser.close()
    return samples


async def _visit(browser: Browser, server: SiteServer, round_trip_seconds: float) -> dict[str, float]:
    """Open the page in a browser that has never seen it, and reload it once its service worker keeps it."""
    async with FarAway(server.port, round_trip_seconds) as network:
        context = await _context(browser)
        page = await context.new_page()
        await page.goto(f"https://localhost:{network.port}/")
        figures = {"first time, s": await _shown(page)}
        complete = await page.wait_for_function(COMPLETE)
        figures["first time, the chat's script too, s"] = float(await complete.json_value()) / 1000
        figures["first time, requests"] = float(len(server.asked))
        figures["first time, KiB"] = await page.evaluate(RECEIVED) / 1024
        await page.wait_for_function(KEPT)
        server.asked.clear()
        await page.reload()
        figures["again, s"] = await _shown(page)
        figures["again, requests"] = float(len(_for_the_page(server.asked)))
        await context.close()
    return figures


async def _without_worker(
    browser: Browser, server: SiteServer, round_trip_seconds: float
) -> dict[str, float]:
    """Reload the page in a browser that has no service worker, only its cache."""
    async with FarAway(server.port, round_trip_seconds) as network:
        context = await _context(browser)
        page = await context.new_page()
        await page.goto(f"https://localhost:{network.port}/")
        await _shown(page)
        await page.wait_for_load_state("networkidle")
        server.asked.clear()
        await page.reload()
        figures = {"again without a service worker, s": await _shown(page)}
        figures["again without a service worker, requests"] = float(len(_for_the_page(server.asked)))
        await context.close()
    return figures


async def _context(browser: Browser) -> BrowserContext:
    context = await browser.new_context()
    context.set_default_timeout(WAIT_MS)
    await context.add_init_script(WATCH)
    return context


async def _shown(page: Page) -> float:
    """Return the seconds from the start of the navigation until the first screen was drawn."""
    await page.wait_for_function("() => globalThis.benchShownMs")
    return float(await page.evaluate("() => benchShownMs")) / 1000


def _for_the_page(asked: Sequence[str]) -> list[str]:
    """Leave out the browser's own look for a newer service worker, for which nobody waits."""
    return [path for path in asked if path != site.WORKER]


def _ignore_ends(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Say nothing of a connection that ends amid something: a browser ends it so when it is closed."""
    if not isinstance(context.get("exception"), (ssl.SSLError, ConnectionError)):
        loop.default_exception_handler(context)


def _add(samples: Samples, figures: dict[str, float]) -> None:
    for name, value in figures.items():
        samples.setdefault(name, []).append(value)
