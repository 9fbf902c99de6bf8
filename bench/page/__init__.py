"""The page in a real browser: main thread for each message, scrolling back, a flood of messages, memory.

A small service of its own stands behind the page, so that what is measured is the page. Measured beside an
earlier version, one after the other in the same browser: ratios are what counts.
"""

import argparse
import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from bench.earlier import HEAD, Comparison, Figures, comparison_rows, unpacked
from bench.page import scenarios
from bench.page.service import PageService
from bench.progress import show
from bench.report import Report, Table
from testkit.chromium import FLAGS, required
from testkit.undertone import SITE

# The last version in which every message that was loaded was in the document.
DEFAULT = "27d5327"
GOALS = (
    "Goals: 4 ms for a message, no task longer than 50 ms, keys answered within 100 ms, 5,000 messages back "
    "in 5 s, 300 rows at most, memory flat."
)
NOT_REACHED = "A hyphen: what a page did not reach in time; the earlier one takes most of these ten minutes."
CPU = (
    "Milliseconds for a message and of the longest task are processor time of the main thread. Other load on "
    "the machine lengthens it less than time, but lengthens it."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add this bench's options."""
    parser.add_argument(
        "--against",
        metavar="COMMIT",
        default=DEFAULT,
        help="a commit whose page is measured as well; empty for none (default: %(default)s)",
    )
    parser.add_argument(
        "--back", type=int, default=5000, help="messages to scroll back (default: %(default)s)"
    )
    parser.add_argument(
        "--seconds", type=float, default=20.0, help="length of the flood (default: %(default)s)"
    )
    parser.add_argument(
        "--messages", type=int, default=60, help="messages to measure the cost of one (default: %(default)s)"
    )


def run(arguments: argparse.Namespace) -> Report:
    """Measure this page and the earlier one."""
    measured = asyncio.run(_both(required(), arguments))
    table = Table("The page in Chromium", HEAD, comparison_rows(measured, decimals=1))
    return Report({"page": measured}, [table], [GOALS, CPU, NOT_REACHED])


async def _both(chromium: str, arguments: argparse.Namespace) -> Comparison:
    with tempfile.TemporaryDirectory() as folder:
        sites = {"now": SITE}
        if arguments.against and unpacked(Path(folder), arguments.against, SITE.name):
            sites["before"] = Path(folder) / SITE.name
        async with _started(chromium) as browser:
            found: Comparison = {}
            for name, site in sites.items():
                show(f"measuring the page {name} ...")
                found[name] = await _measured(browser, site, arguments)
            show("")
            return found


async def _measured(browser: Browser, site: Path, arguments: argparse.Namespace) -> Figures:
    figures: Figures = {}
    async with PageService(site) as service:
        figures |= await scenarios.messages(browser, service, arguments.messages)
        figures |= await scenarios.back(browser, service, arguments.back, arguments.messages)
        figures |= await scenarios.flood(browser, service, arguments.seconds)
        figures |= await scenarios.memory(browser, service)
    return figures


@asynccontextmanager
async def _started(path: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        await browser.close()
