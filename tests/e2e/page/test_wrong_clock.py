"""A session outlives a computer's clock that is wrong or moved, and the computer's sleep."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from .conftest import OpenPage
from .fake_server import FakeServer
from .page_time import pass_time

HOUR_MS = 3_600_000
LIFE_HOURS = 168
# A service whose own clock goes on however the page's is moved; it refuses a token after its life.
SESSION = """async ({ life, told }) => {
  const load = async (name) => import(`/scripts/${name}.js`);
  const { Session } = await load('models/session');
  const { ServerClock } = await load('models/server_clock');
  const { Store } = await load('lib/store');
  const kept = new Map();
  const area = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
  const began = performance.now();
  const ends = new Map();
  const serverNow = () => 1_800_000_000_000 + performance.now() - began + window.slept;
  const refusal = () => Object.assign(new Error('expired'), { status: 401 });
  const clock = told ? new ServerClock() : undefined;
  const createSession = async ({ token }) => {
    if (window.failing) throw Object.assign(new Error('not now'), { status: 503 });
    if (token && ends.get(token) <= serverNow()) throw refusal();
    clock?.hear(new Date(serverNow()).toUTCString());
    const fresh = `token ${ends.size}`;
    const end = serverNow() + life;
    ends.set(fresh, end);
    return { token: fresh, user: { id: 'a', name: 'Ada' }, expiresAt: new Date(end).toISOString() };
  };
  const open = () => {
    window.session = new Session({ api: { createSession, clock }, store: new Store(area) });
  };
  const isGood = async () => ends.get(await window.session.token()) > serverNow();
  Object.assign(window, { slept: 0, failing: false, open, isGood, tokens: () => ends.size });
  open();
  await window.session.start('Ada');
}"""


class Computer:
    """A page with a session on a computer whose clock is `behind` by some hours."""

    def __init__(self, page: Page, behind: float, *, told: bool = True) -> None:
        self.page = page
        page.reload()  # ends the sessions of other tests
        page.clock.install(time=datetime.now(UTC) - timedelta(hours=behind))
        page.clock.pause_at(datetime.now(UTC) - timedelta(hours=behind - 1))
        page.evaluate(SESSION, {"life": LIFE_HOURS * HOUR_MS, "told": told})

    def work(self, hours: int) -> None:
        for _ in range(hours // 8):
            self.page.clock.fast_forward(8 * HOUR_MS)
            self.page.evaluate("session.token().catch(() => null)")

    def move_clock(self, hours: float) -> None:
        self.page.clock.set_system_time(self.page.evaluate("Date.now()") / 1000 + hours * 3600)

    def sleep(self, hours: float) -> None:
        """Let real time pass while nothing is measured."""
        self.page.evaluate(f"window.slept += {hours * HOUR_MS}")
        self.move_clock(hours)

    def reload(self) -> None:
        self.page.evaluate("open()")

    def tokens(self) -> int:
        """How many there have been, of which the last one is good."""
        assert self.page.evaluate("isGood()")
        count: int = self.page.evaluate("tokens()")
        return count


@pytest.mark.parametrize("behind", [0, 55, -170, -8_000])
@pytest.mark.parametrize("told", [True, False], ids=["the service's time is told", "not told"])
def test_a_session_lasts_for_months_whatever_the_clock_says(
    empty_page: Page, behind: float, told: bool
) -> None:
    computer = Computer(empty_page, behind, told=told)
    computer.work(400)
    assert computer.tokens() >= 3
    if told:
        assert computer.tokens() <= 5  # a token is renewed once in its life


@pytest.mark.parametrize("hours", [55, -55, 170, -170])
def test_a_clock_that_is_moved_meanwhile_ends_no_session(empty_page: Page, hours: float) -> None:
    computer = Computer(empty_page, 0)
    computer.work(96)
    computer.move_clock(hours)
    computer.work(200)
    assert 3 <= computer.tokens() <= 5


@pytest.mark.parametrize("hours", [55, -55, 170, -170])
def test_a_clock_that_is_moved_before_a_reload_ends_no_session(empty_page: Page, hours: float) -> None:
    computer = Computer(empty_page, 0)
    computer.work(40)
    computer.move_clock(hours)
    computer.reload()
    computer.work(200)
    assert computer.tokens() >= 2


def test_sleep_counts_although_the_page_measures_nothing(empty_page: Page) -> None:
    computer = Computer(empty_page, 55)
    computer.sleep(130)
    computer.work(8)
    assert computer.tokens() == 2


def test_a_renewal_that_fails_for_now_is_made_later(empty_page: Page) -> None:
    computer = Computer(empty_page, 0)
    empty_page.evaluate("window.failing = true")
    computer.work(152)
    assert empty_page.evaluate("session.token()") == "token 0"
    empty_page.evaluate("window.failing = false")
    computer.work(8)
    assert computer.tokens() == 2


@pytest.mark.parametrize("behind", [55, -170])
def test_a_page_on_a_computer_with_a_wrong_clock_renews_its_token_in_time(
    open_page: OpenPage, server: FakeServer, behind: float
) -> None:
    server.lifetime = timedelta(hours=LIFE_HOURS)
    page = open_page()
    page.clock.install(time=datetime.now(UTC) - timedelta(hours=behind))
    page.goto(server.url)
    page.get_by_label("Your name").fill("Ada")
    page.keyboard.press("Enter")
    expect(page.locator("#connection")).to_have_attribute("data-connection", "online")
    page.clock.fast_forward(120 * HOUR_MS)
    pass_time(page, 60_000)
    assert len(server.sessions) == 1
    page.clock.fast_forward(10 * HOUR_MS)
    server.wait_for(lambda: len(server.sessions) == 2, "a renewal")
    expect(page.locator("#chat")).to_be_visible()
