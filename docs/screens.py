"""The main screens of the page, each by what somebody does to see it."""

import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from playwright.async_api import Locator, Page, WebSocketRoute, expect

from docs import seed
from testkit.conversation import CONVERSATION, ROOM


class Wire:
    """The page's connection, which can be cut, and through which the picture's own events can come."""

    def __init__(self) -> None:
        self.cut = False
        self._route: WebSocketRoute | None = None

    async def follow(self, page: Page) -> None:
        """Pass everything on until the connection is cut."""
        await page.route_web_socket(re.compile("/ws"), self._connect)

    async def _connect(self, route: WebSocketRoute) -> None:
        if self.cut:
            await route.close()
            return
        route.connect_to_server()
        self._route = route

    async def lose(self) -> None:
        """Cut the connection, and refuse every other one."""
        self.cut = True
        await self._connected.close()

    def say(self, frame: str) -> None:
        """Let the page hear a frame, as if it came from the service."""
        self._connected.send(frame)

    @property
    def _connected(self) -> WebSocketRoute:
        if self._route is None:
            raise RuntimeError("The page has not connected yet.")
        return self._route


class Visit:
    """Somebody's window, in which screens are opened one after the other."""

    def __init__(self, page: Page, url: str, hook: str) -> None:
        self.page = page
        self.wire = Wire()
        self.hook = hook  # that they make
        self._url = url

    async def begin(self) -> None:
        """Follow what the page asks for; the pulse of a week is made up."""
        await self.wire.follow(self.page)
        moods = seed.week_of_moods(datetime.now(UTC))
        await self.page.route(
            "**/pulse?*", lambda route: route.fulfill(body=moods, content_type="application/json")
        )

    async def address(self, fragment: str) -> None:
        """Load the page anew at a fragment of its address."""
        self.wire.cut = False
        await self.page.goto("about:blank")
        await self.page.goto(f"{self._url}#/{fragment}")

    async def sign_in(self, name: str, *, admin_code: str | None = None) -> None:
        """Fill in the first screen."""
        await self.address(f"r/{ROOM}")
        if admin_code is not None:
            await self.page.locator("#join-admin summary").click()
            await self.page.get_by_label("Admin code").fill(admin_code)
        await self.page.get_by_label("Your name").fill(name)
        await self.page.get_by_role("button", name="Join").click()
        await self.online()

    async def online(self) -> None:
        """Wait until the page is connected and its room is there."""
        await expect(self.page.locator("#connection")).to_have_attribute("data-connection", "online")
        await expect(self.page.locator("#log .log-skeleton")).to_have_count(0)

    async def room(self, room: str) -> None:
        """Open a room."""
        await self.address(f"r/{room}")
        await self.online()

    async def talk(self) -> None:
        """Open the room in which five people talk."""
        await self.room(ROOM)
        await expect(self.page.get_by_role("article")).to_have_count(len(CONVERSATION))

    async def from_room(self, what: str) -> Locator:
        """Open a dialog from the head of the room, or from all about it where the head is narrow."""
        head = self.page.locator(f"#room-{what}")
        if await head.count() and await head.is_visible():
            await head.click()
        else:
            await self.page.locator("#room-about").click()
            await self.page.locator(f"#about-{what}").click()
        dialog = self.page.locator("dialog[open]")
        await expect(dialog).to_be_visible()
        return dialog


async def signing_in(visit: Visit) -> None:
    await visit.address("")
    await expect(visit.page.get_by_label("Your name")).to_be_visible()


async def conversation(visit: Visit) -> None:
    await visit.talk()


async def empty(visit: Visit) -> None:
    await visit.room("ideas")
    await expect(visit.page.get_by_role("heading", name="It is quiet here")).to_be_visible()


async def offline(visit: Visit) -> None:
    await visit.talk()
    await visit.wire.lose()
    await expect(visit.page.locator("#connection")).to_have_attribute("data-connection", "offline")
    await visit.page.get_by_role("textbox", name="Message").fill("On the train, back in a minute")
    await visit.page.keyboard.press("Enter")
    await expect(visit.page.get_by_text("Waiting for connection")).to_be_visible()


async def error(visit: Visit) -> None:
    await visit.address(f"r/{seed.CLOSED_ROOM}")
    await expect(visit.page.get_by_role("heading", name="There is no room")).to_be_visible()


async def search(visit: Visit) -> None:
    await visit.talk()
    dialog = await visit.from_room("search")
    await dialog.get_by_label("Search for").fill("export")
    await visit.page.keyboard.press("Enter")
    await expect(dialog.get_by_text("the whole room was searched")).to_be_visible()


async def mood(visit: Visit) -> None:
    await visit.talk()
    explained = visit.page.get_by_role("article").filter(has_text="Not bad at all for")
    await explained.get_by_role("button", name="positive").click()
    await expect(visit.page.get_by_role("dialog", name="positive")).to_be_visible()


async def menu(visit: Visit) -> None:
    await visit.talk()
    message = visit.page.get_by_role("article").filter(has_text="They did, and it works")
    await message.get_by_role("button", name="React or change").click()
    await expect(visit.page.get_by_role("menu", name="Message")).to_be_visible()


async def direct(visit: Visit) -> None:
    await visit.talk()
    await visit.page.get_by_role("article").last.get_by_role("button", name="Maya").click()
    await visit.page.get_by_role("menuitem", name="Message privately").click()
    await expect(visit.page.get_by_role("heading", level=1, name="Maya")).to_be_visible()
    await visit.page.get_by_role("textbox", name="Message").fill("Thank you for the quick fix!")
    await visit.page.keyboard.press("Enter")
    await expect(visit.page.get_by_role("article")).to_have_attribute("data-state", "stored")


async def pulse(visit: Visit) -> None:
    await visit.talk()
    dialog = await visit.from_room("pulse")
    await expect(dialog.get_by_role("heading", name="Words that moved it")).to_be_visible()


async def turn(visit: Visit) -> None:
    await visit.talk()
    visit.wire.say(seed.turned(datetime.now(UTC)))
    await expect(visit.page.get_by_text("has become cooler than usual")).to_be_visible()


async def live(visit: Visit) -> None:
    await visit.talk()
    dialog = await visit.from_room("pulse")
    await dialog.get_by_role("button", name="Live view").click()
    await expect(visit.page.locator("#live-moments li").first).to_be_visible()


async def people(visit: Visit) -> None:
    await visit.room(seed.PRIVATE_ROOM)
    await visit.page.locator("#room-about").click()
    members = visit.page.locator("#members-list")
    await expect(members.get_by_text("Tomás")).to_be_visible()


async def settings(visit: Visit) -> None:
    await visit.talk()
    drawer = visit.page.locator("#drawer-open")
    if await drawer.is_visible():
        await drawer.click()
    await visit.page.get_by_role("button", name="Settings").click()
    await expect(visit.page.get_by_label("Language")).to_be_visible()


async def rooms(visit: Visit) -> None:
    """Show the list of rooms, which is a drawer on a phone."""
    await visit.room(seed.PRIVATE_ROOM)
    drawer = visit.page.locator("#drawer-open")
    if await drawer.is_visible():
        await drawer.click()
    await expect(visit.page.get_by_role("link", name="design")).to_be_visible()


async def files(visit: Visit) -> None:
    await visit.room(seed.PRIVATE_ROOM)
    await visit.page.get_by_role("button", name="Picture").first.click()
    loaded = "image => image.complete && image.naturalWidth > 0"
    await visit.page.locator("#picture-image[src]").wait_for()
    await visit.page.wait_for_function(f"({loaded})(document.getElementById('picture-image'))")


async def programs(visit: Visit) -> None:
    await visit.talk()
    dialog = await visit.from_room("programs")
    await dialog.get_by_label("Name of a new hook").fill(visit.hook)
    await dialog.get_by_role("button", name="Make a hook").click()
    await expect(dialog.get_by_label("Address of the hook")).to_be_visible()


async def moderation(visit: Visit) -> None:
    await visit.address("admin")
    await visit.page.get_by_role("button", name="Reports").click()
    await expect(visit.page.locator("#admin-reports .record").first).to_be_visible()


async def deeds(visit: Visit) -> None:
    await visit.address("admin")
    await visit.page.get_by_role("button", name="What was done").click()
    await expect(visit.page.locator("#admin-audit .record").first).to_be_visible()


Screen = Callable[[Visit], Awaitable[None]]
BEFORE: dict[str, Screen] = {"sign-in": signing_in}
OF_MEMBERS: dict[str, Screen] = {
    "conversation": conversation,
    "empty": empty,
    "error": error,
    "rooms": rooms,
    "search": search,
    "mood": mood,
    "menu": menu,
    "direct": direct,
    "pulse": pulse,
    "turn": turn,
    "live": live,
    "people": people,
    "programs": programs,
    "settings": settings,
    "files": files,
    "offline": offline,  # the last one, so that what was written is never sent
}
OF_ADMINS: dict[str, Screen] = {"moderation": moderation, "deeds": deeds}
ALL = {**BEFORE, **OF_MEMBERS, **OF_ADMINS}
