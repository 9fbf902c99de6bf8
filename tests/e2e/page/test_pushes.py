"""Web Push in the browser: what its service worker shows, and what the service is told of it."""

import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import TIMEOUT_MS
from tests.e2e.signing_out import sign_out

from .conftest import JoinAs, Notified
from .fake_server import FakeServer
from .test_notices import ADA, REGISTERED, bell, turn_on, worker_of
from .test_sending import message

PUSHED = """async () => {
  const shown = await self.registration.getNotifications();
  return shown.map(({ title, tag, body, data }) => [title, tag, body, data]);
}"""
FOLLOW_EVENTS = """() => {
  const { waitUntil } = ExtendableEvent.prototype;
  self.handled = new Promise((resolve) => {
    ExtendableEvent.prototype.waitUntil = function (work) {
      waitUntil.call(this, work);
      if (this.type === "push") resolve(work);
    };
  });
}"""
# An icon, which the browser of the tests has not, on which a page has shown a number.
COUNT_ON_ICON = """async () => {
  self.counts = [];
  self.navigator.setAppBadge = async (count) => self.counts.push(count);
  await (await caches.open("icon-count")).put("icon-count", new Response("7"));
}"""
# The first takes the longest: without an order, those after it would be counted before it.
SLOW_AT_FIRST = """() => {
  const { showNotification } = ServiceWorkerRegistration.prototype;
  let rest = 4;
  ServiceWorkerRegistration.prototype.showNotification = async function (...given) {
    rest -= 1;
    await new Promise((resolve) => setTimeout(resolve, 200 * rest));
    return showNotification.apply(this, given);
  };
}"""
PAGES = """async () => {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return pages.length;
}"""
HANDLED = "async () => { await self.handled; }"
DELIVERED = {"room": "general", "id": "m-1", "name": "Grace", "title": "General", "text": "lunch?"}


def wait_for(page: Page, holds: Callable[[], object], what: str) -> None:
    """Wait until something holds that Playwright may have to hear of first."""
    end = time.monotonic() + TIMEOUT_MS / 1000
    while not holds():
        assert time.monotonic() < end, f"this did not happen: {what}"
        page.wait_for_timeout(50)


def deliver_push(page: Page, **told: Any) -> None:
    """Let the browser's push service hand a push to the service worker of a page."""
    session = page.context.new_cdp_session(page)
    registrations: list[dict[str, Any]] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated", lambda event: registrations.extend(event["registrations"])
    )
    session.send("ServiceWorker.enable")
    wait_for(page, lambda: registrations, "the browser knows its service worker")
    scope = registrations[-1]["scopeURL"]
    session.send(
        "ServiceWorker.deliverPushMessage",
        {
            "origin": scope.rstrip("/"),
            "registrationId": registrations[-1]["registrationId"],
            "data": json.dumps({**DELIVERED, **told}),
        },
    )
    session.detach()


def test_a_push_is_shown_unless_a_page_shows_its_message(
    join_as: JoinAs, notified: Notified, server: FakeServer
) -> None:
    ada = join_as("Ada", context=notified())
    turn_on(ada)
    said = server.say("Grace", "lunch? @Ada", mentions=[ADA])
    expect(message(ada, "lunch?")).to_be_visible()
    worker, elsewhere = worker_of(ada.context), ada.context.new_page()
    ada.bring_to_front()
    worker.evaluate(FOLLOW_EVENTS)
    deliver_push(elsewhere, id="looked-at", seq=said["seq"])
    worker.evaluate(HANDLED)
    worker.evaluate(COUNT_ON_ICON)
    worker.evaluate(SLOW_AT_FIRST)
    ada.close()
    wait_for(
        elsewhere, lambda: worker.evaluate(PAGES) == 0, "the service worker knows that the page is closed"
    )
    deliver_push(elsewhere, seq=said["seq"])
    deliver_push(elsewhere, seq=said["seq"])  # the same again
    deliver_push(elsewhere, id="m-2", seq=said["seq"], title=None)
    deliver_push(elsewhere, id="m-3", seq=said["seq"], title=None, unread=4)  # the service has counted
    wanted = [["Grace", "m-2"], ["Grace", "m-3"], ["Grace · General", "m-1"]]

    def shown() -> list[list[Any]]:
        found: list[list[Any]] = worker.evaluate(PUSHED)
        return sorted(found)

    wait_for(elsewhere, lambda: [one[:2] for one in shown()] == wanted, f"{wanted} are shown")
    assert [one[2:] for one in shown()] == [["lunch?", {"room": "general", "seq": said["seq"]}]] * 3
    counts = [8, 9, 4]  # each counts on from the page's 7, unless it brings the number
    wait_for(elsewhere, lambda: worker.evaluate("self.counts") == counts, f"the icon has shown {counts}")


# A browser with a push service, which the one of the tests has not.
PUSH_SERVICE = """
  let subscription = null;
  PushManager.prototype.getSubscription = async () => subscription;
  PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
    const key = Uint8Array.from(atob(applicationServerKey), (c) => c.charCodeAt(0));
    subscription = {
      options: { userVisibleOnly, applicationServerKey: key.buffer },
      toJSON: () => ({ endpoint: "https://push.example.org/x", keys: { p256dh: "p", auth: "a" } }),
      unsubscribe: async () => { subscription = null; },
    };
    return subscription;
  };
"""


def test_somebody_is_told_also_with_the_page_closed_until_they_sign_out(
    join_as: JoinAs, notified: Notified
) -> None:
    told: list[tuple[str, Any]] = []

    def answer(route: Route) -> None:
        asked = route.request
        told.append((f"{asked.method} {urlsplit(asked.url).path}", asked.post_data_json))
        route.fulfill(json={"GET": {"key": "AQID"}, "PUT": {"id": "one"}}.get(asked.method, {}))

    context = notified()
    context.add_init_script(PUSH_SERVICE)
    context.route("**/api/push**", answer)
    page = join_as("Ada", context=context)
    bell(page).click()
    switch = page.get_by_role("checkbox", name="Also when the page is closed")
    expect(switch).to_be_hidden()
    page.get_by_role("button", name="Turn on").click()
    switch.check()
    page.get_by_role("radio", name="Nothing").check()  # which the service knows already
    put = {"endpoint": "https://push.example.org/x", "keys": {"p256dh": "p", "auth": "a"}, "key": "AQID"}
    wanted = [("GET /api/push", None), ("PUT /api/push", put)]
    wait_for(page, lambda: told == wanted, "the service is told")
    page.keyboard.press("Escape")
    sign_out(page)
    expect(page.get_by_label("Your name")).to_be_visible()
    page.wait_for_function(
        f"{REGISTERED}.then(({{ pushManager }}) => pushManager.getSubscription()).then((s) => !s)"
    )
    assert told == wanted
