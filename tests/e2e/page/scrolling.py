"""Going through a log of which only what is near the reader is in the document."""

from playwright.sync_api import Page

# Frames are the browser's own also while a test stops the page's time.
GO_UP = """async (frames) => {
  const log = document.getElementById("log");
  const found = new Map();
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  for (let still = 0, all = 0; still < frames; all += 1) {
    if (all > 4_000) throw new Error(`the beginning did not come, after ${found.size} messages`);
    const before = found.size;
    for (const one of log.querySelectorAll("[data-seq]")) {
      found.set(Number(one.dataset.seq), one.querySelector(".message-text").textContent);
    }
    still = found.size > before || "loading" in log.parentElement.dataset ? 0 : still + 1;
    log.scrollTop = 0;
    await frame();
  }
  return [...found].sort(([one], [other]) => one - other).map(([, text]) => text);
}"""
STILL_FRAMES = 10


def go_up(page: Page) -> list[str]:
    """Scroll to the beginning of the log; return the texts on the way, in their order."""
    texts: list[str] = page.evaluate(GO_UP, STILL_FRAMES)
    return texts


def go_to(page: Page, top: int) -> None:
    """Scroll the log so many pixels below the top of what is in the document."""
    page.locator("#log").evaluate("(log, top) => { log.scrollTop = top }", top)


def shown_seqs(page: Page) -> list[int]:
    """Return the places in the log of the messages that are in the document, from the top on."""
    seqs: list[int] = page.locator("#log [data-seq]").evaluate_all(
        "all => all.map(one => Number(one.dataset.seq))"
    )
    return seqs
