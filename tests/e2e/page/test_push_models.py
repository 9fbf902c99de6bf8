"""Whether the browser is subscribed to pushes, and what the service is told of it: the model by itself."""

from typing import Any

import pytest

from .conftest import Run

# A browser whose push service works unless it is `broken`, and a service that notes what it is told.
SCENE = """
  const { Store } = await import('/scripts/lib/store.js');
  const { NoticeChoices } = await import('/scripts/models/notice_choices.js');
  const store = new Store(null); const done = [];
  const scene = { user: { id: 'ada' }, key: 'AQID', allowed: true };
  const made = (key) => ({
    options: { applicationServerKey: Uint8Array.from(atob(key), (c) => c.charCodeAt(0)).buffer },
    toJSON: () => ({ endpoint: 'https://push.example.org/' + key, keys: { p256dh: 'p', auth: 'a' } }),
    unsubscribe: async () => { done.push('ended'); scene.subscription = null; },
  });
  const pushManager = {
    getSubscription: async () => scene.subscription ?? null,
    subscribe: async ({ applicationServerKey }) => {
      if (scene.broken) throw new Error('no push service');
      done.push('subscribed'); scene.subscription = made(applicationServerKey); return scene.subscription;
    },
  };
  const house = {
    pushKey: async () => ({ key: scene.key }),
    keepPush: async ({ endpoint }) => { done.push(endpoint.at(-1)); return { id: 'one' }; },
    dropPush: async (id) => { done.push('dropped ' + id); },
  };
  const user = () => scene.user;
  const choices = new NoticeChoices({ store, user });
  const make = () => new pushes.Pushes({
    registering: Promise.resolve({ pushManager }), choices, house, store, user, allowed: () => scene.allowed,
  });
  const model = make();
  const idle = () => model.follow();
"""
ON = "choices.enabled = true; choices.closed = true; await idle(); "


@pytest.mark.parametrize(
    ("happens", "done"),
    [
        ("await idle();", []),
        ("choices.enabled = true; await idle();", []),
        ("choices.closed = true; await idle();", []),
        ("scene.allowed = false; " + ON, []),
        (ON, ["subscribed", "D"]),
        (ON + "await idle(); await idle();", ["subscribed", "D"]),
        (ON + "choices.closed = false; await idle();", ["subscribed", "D", "ended", "dropped one"]),
        (ON + "choices.enabled = false; await idle();", ["subscribed", "D", "ended", "dropped one"]),
        (ON + "scene.user = null; await model.forget();", ["subscribed", "D", "ended"]),
        (ON + "await make().follow();", ["subscribed", "D", "D"]),
        (
            ON + "scene.key = 'AQIE'; await make().follow();",
            ["subscribed", "D", "ended", "subscribed", "E"],
        ),
        (ON + "await model.renew();", ["subscribed", "D", "D"]),
    ],
    ids=[
        "nothing chosen",
        "only with a page",
        "no notifications at all",
        "not allowed",
        "turned on",
        "told once",
        "turned off",
        "all turned off",
        "signed out",
        "the page starts again",
        "the chat has another key",
        "the browser has another subscription",
    ],
)
def test_the_browser_is_subscribed_and_the_service_knows_as_chosen(
    run: Run, happens: str, done: list[Any]
) -> None:
    assert run("models/pushes.js", f"{SCENE} {happens} return done;") == done


def test_what_fails_is_said_and_tried_again_later(run: Run) -> None:
    body = (
        f"{SCENE} scene.broken = true; {ON} const first = model.failed; scene.broken = false; "
        "await idle(); const soon = [...done]; const now = performance.now.bind(performance); "
        "performance.now = () => now() + 61_000; await idle(); delete performance.now; "
        "return [first, soon, done, model.failed];"
    )
    assert run("models/pushes.js", body) == [True, [], ["subscribed", "D"], False]


def test_another_person_of_the_browser_has_choices_of_their_own(run: Run) -> None:
    body = f"{SCENE} {ON} await model.forget(); scene.user = {{ id: 'bob' }}; await idle(); return done;"
    assert run("models/pushes.js", body) == ["subscribed", "D", "ended"]
