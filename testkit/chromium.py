"""Find a Chromium for the browser tests, or install one: ``python -m testkit.chromium``.

The order is that of ``tests/e2e/conftest.py``: CHROMIUM, the PATH, Playwright's own. Where none is there it
is installed as quietly as the machine allows: by Playwright, else by apt as root. Playwright first, for it
asks for no rights; where its download is out of reach, Debian's package does as well.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import sync_playwright

# The headless shell, which Playwright itself prefers, takes half of the processor time of a whole browser.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
HEADLESS_SHELL = NAMES[0]
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""With them a browser of tests, benches and pictures does nothing of its own accord."""
# A few tests need a whole browser, because the shell has no profile.
_PACKAGES = (("chromium-headless-shell", "chromium"), ("chromium",))
_PLAYWRIGHT_SECONDS = 300
HELP = (
    "The browser tests need Chromium. None was found, and none could be installed here.\n"
    "Install it with your system's package manager (Debian, Ubuntu: apt-get install chromium),\n"
    "or name one: make test CHROMIUM=/path/to/chromium. The unit tests need none: make test-fast."
)


def found() -> str | None:
    """Return the path of a Chromium that starts."""
    return next((path for path in _candidates() if path and _starts(path)), None)


def required() -> str:
    """Return the path of a Chromium that starts; without one, the program ends and says how to get it."""
    path = found()
    if path is None:
        raise SystemExit(HELP)
    return path


def _candidates() -> Iterator[str | None]:
    """Yield what may be there; Playwright is started only if nothing else is."""
    if named := os.environ.get("CHROMIUM"):
        yield named
        return
    yield from map(shutil.which, NAMES)
    yield _playwrights_own()


def _playwrights_own() -> str:
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _starts(path: str) -> bool:
    """Whether it is there and answers: Ubuntu's `chromium-browser` may be a stub that asks for snap."""
    if not Path(path).exists():
        return False
    return subprocess.run([path, "--version"], capture_output=True, check=False, timeout=60).returncode == 0


def install() -> None:
    """Try every way there is; what each prints is shown."""
    _say("No Chromium is here: installing one (some minutes) ...")
    if _run([sys.executable, "-m", "playwright", "install", "chromium"]) and found():
        return
    rights = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") is None or (rights and shutil.which("sudo") is None):
        return
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    _run([*rights, "apt-get", "update", "-q"])
    install = [*rights, *environment, "apt-get", "install", "-y", "-q", "--no-install-recommends"]
    for packages in _PACKAGES:
        if _run([*install, *packages]) and found():
            return


def _run(command: Sequence[str]) -> bool:
    _say("  " + " ".join(command))
    try:
        # Playwright's stack trace of a refused download says nothing that HELP does not.
        ended = subprocess.run(command, check=False, timeout=_PLAYWRIGHT_SECONDS, stderr=subprocess.DEVNULL)
        if ended.returncode != 0:
            _say(f"  ... did not work (exit code {ended.returncode})")
        return ended.returncode == 0
    except subprocess.TimeoutExpired:
        _say(f"  ... gave up after {_PLAYWRIGHT_SECONDS} s")
        return False


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def main() -> int:
    """Return 0 where a Chromium is there at the end."""
    named = os.environ.get("CHROMIUM")
    path = found()
    if path is None and named:
        _say(f"CHROMIUM={named} is no browser that starts: name another, as CHROMIUM=/path/to/chromium.")
        return 1
    if path is None:
        install()
        path = found()
    if path is None:
        _say(HELP)
        return 1
    _say(f"Browser tests use {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
