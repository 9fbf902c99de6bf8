"""A deployment's files are kept and served together, and never mixed with those of another one."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error, Page, expect

from deploy_extras import joining
from tests.e2e.conftest import TIMEOUT_MS

from .conftest import JoinAs, OpenPage
from .deployed import DeployedServer
from .fake_server import FakeServer
from .threaded_site import SITE

KEPT = """async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("undertone-"));
  const requests = await Promise.all(names.map(async (name) => {
    const found = await (await caches.open(name)).keys();
    if (found.length === 0) await caches.delete(name); // deleted meanwhile, and made anew by opening it
    return found;
  }));
  return [names, requests.flat().map(({ url }) => new URL(url).pathname.slice(1)).sort()];
}"""
CONTROLLED = "navigator.serviceWorker.controller !== null"
VERSIONS = "[document.documentElement.dataset.of, document.documentElement.dataset.by]"
UPDATE = "navigator.serviceWorker.ready.then((registration) => registration.update()).then(() => {})"
# Chromium does not replace a worker that was busy while a debugger is attached to it, as Playwright is.
TAKES_OVER = """async () => {
  const { installing, waiting } = await navigator.serviceWorker.getRegistration();
  if (installing || !waiting) return !installing;
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((resolve) => { port1.onmessage = ({ data }) => resolve(data); });
  waiting.postMessage("mine?", [port2]);
  return answer;
}"""
NO_SERVER = ("Failed to load resource", "net::ERR_", "WebSocket connection to")


@pytest.fixture
def server() -> Iterator[DeployedServer]:
    fake = DeployedServer()
    fake.deploy()
    fake.start()
    yield fake
    if fake.port:
        fake.stop()


def version(folder: Path, number: int) -> Path:
    """Return a site of which document and script say which version they belong to."""
    made = folder / str(number)
    shutil.copytree(SITE, made)
    (made / "emoji.json").write_text(f"[{number}]")
    for name, old, new in (
        ("index.html", '<html lang="en">', f'<html lang="en" data-of="{number}">'),
        ("scripts/first_paint.js", "try {", f'document.documentElement.dataset.by = "{number}";\ntry {{'),
    ):
        text = (made / name).read_text("utf-8")
        assert old in text
        (made / name).write_text(text.replace(old, new, 1))
    return made


def wait_for(page: Page, script: str, wanted: Any = True) -> None:
    """Wait until a script returns what is wanted."""
    end = time.monotonic() + TIMEOUT_MS / 1000
    while (found := evaluated(page, script)) != wanted:
        assert time.monotonic() < end, f"{script} returned {found}; {wanted} was expected"
        page.wait_for_timeout(50)


def evaluated(page: Page, script: str) -> Any:
    """Return what a script returns, or nothing while the page is being loaded anew."""
    try:
        return page.evaluate(script)
    except Error as error:
        if "context was destroyed" not in str(error):
            raise
        return None


def opened(open_page: OpenPage, server: FakeServer, **options: Any) -> Page:
    """Open the first screen and wait until the service worker keeps the page."""
    page = open_page(server.url, **options)
    wait_for(page, CONTROLLED)
    return page


def test_a_reload_asks_for_the_document_alone_of_all_that_is_kept(
    open_page: OpenPage, server: DeployedServer
) -> None:
    page = opened(open_page, server)
    server.asked.clear()
    page.reload()
    expect(page.get_by_label("Your name")).to_be_visible()
    assert set(server.asked) <= {"", "service_worker.js"}
    assert "" in server.asked


def test_everything_of_the_site_is_kept_and_nothing_else(
    open_page: OpenPage, server: DeployedServer, join_as: JoinAs
) -> None:
    page = join_as("Ada", service_workers="allow")
    wait_for(page, CONTROLLED)
    page.reload()
    expect(page.locator("#connection")).to_have_attribute("data-connection", "online")
    [[name], kept] = page.evaluate(KEPT)
    assert name.startswith("undertone-")
    assert set(kept) == server.files - {"service_worker.js"}


def test_the_shell_opens_without_a_network(open_page: OpenPage, server: DeployedServer) -> None:
    page = opened(open_page, server, allow=NO_SERVER)
    server.stop()
    server.port = 0
    page.reload()
    expect(page.get_by_text("Undertone cannot be reached. Trying again in a moment.")).to_be_visible()
    assert page.evaluate("getComputedStyle(boot).display") == "grid"  # the styles are there too


def test_the_shell_opens_while_the_network_says_nothing(open_page: OpenPage, server: DeployedServer) -> None:
    page = opened(open_page, server)
    server.silent_document = True
    page.reload()
    expect(page.get_by_label("Your name")).to_be_visible()
    server.silent_document = False


def test_a_new_version_is_offered_and_taken_whole(
    open_page: OpenPage, server: DeployedServer, tmp_path: Path
) -> None:
    server.deploy(version(tmp_path, 1))
    page = opened(open_page, server)
    [old], _ = page.evaluate(KEPT)
    server.deploy(version(tmp_path, 2))
    page.evaluate(UPDATE)
    expect(page.get_by_text("A new version is ready.")).to_be_visible()
    assert page.evaluate(VERSIONS) == ["1", "1"]
    page.get_by_role("button", name="Reload").click()
    wait_for(page, f"{CONTROLLED} && {VERSIONS}.join()", "2,2")
    wait_for(page, f"({KEPT})().then(([names]) => names.length)", 1)
    assert page.evaluate(KEPT)[0] != [old]
    expect(page.get_by_text("A new version is ready.")).to_be_hidden()


def test_a_reload_after_a_deployment_shows_the_new_version_and_mixes_nothing(
    open_page: OpenPage, server: DeployedServer, tmp_path: Path
) -> None:
    server.deploy(version(tmp_path, 1))
    page = opened(open_page, server)
    old, _ = page.evaluate(KEPT)
    server.deploy(version(tmp_path, 2))
    page.reload()
    assert page.evaluate(VERSIONS) == ["2", "2"]
    # It is the new version, so its worker may take over at once and nothing is offered.
    wait_for(page, f"caches.keys().then((names) => names.some((name) => name !== '{old[0]}'))")
    wait_for(page, TAKES_OVER)
    expect(page.get_by_text("A new version is ready.")).to_be_hidden()


def test_a_page_of_the_new_version_loads_nothing_of_the_old_one_later(
    open_page: OpenPage, server: DeployedServer, tmp_path: Path
) -> None:
    server.deploy(version(tmp_path, 1))
    page = opened(open_page, server, allow=("Failed to update", *NO_SERVER))
    server.deploy(version(tmp_path, 2), without=("service_worker.js",))
    page.reload()
    # The list has the same address in every version.
    assert page.evaluate("fetch('emoji.json').then((answer) => answer.json())") == [2]


def test_what_is_not_uploaded_whole_is_not_kept(
    open_page: OpenPage, server: DeployedServer, tmp_path: Path
) -> None:
    server.deploy(version(tmp_path, 1))
    page = opened(open_page, server, allow=("Failed to update", *NO_SERVER))
    kept = page.evaluate(KEPT)
    server.deploy(version(tmp_path, 2), without=("scripts/first_paint.js",))
    server.asked.clear()
    page.evaluate(f"{UPDATE}.catch(() => {{}})")
    server.wait_for(
        lambda: any(path.endswith("scripts/first_paint.js") and path not in kept[1] for path in server.asked),
        "the new worker asks for its files",
    )
    wait_for(page, f"({KEPT})()", kept)
    expect(page.get_by_text("A new version is ready.")).to_be_hidden()
    server.silent_document = True
    page.reload()
    assert page.evaluate(VERSIONS) == ["1", "1"]
    server.silent_document = False


def test_the_page_can_be_installed(open_page: OpenPage, server: DeployedServer) -> None:
    page = opened(open_page, server)
    session = page.context.new_cdp_session(page)
    assert session.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    assert session.send("Page.getAppManifest")["errors"] == []


def test_a_developer_s_files_are_never_kept(open_page: OpenPage, server: DeployedServer) -> None:
    page = opened(open_page, server)
    worker = (SITE / "service_worker.js").read_bytes()
    server.serve("service_worker.js", worker)
    page.evaluate(UPDATE)
    wait_for(page, f"({KEPT})()", [[], []])
    server.asked.clear()
    page.reload()
    expect(page.get_by_label("Your name")).to_be_visible()
    assert any(path.endswith(joining.SCRIPT) for path in server.asked)
