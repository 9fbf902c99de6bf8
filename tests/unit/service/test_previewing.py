"""Previews of links: for who may read the message, of what it links to, once for everybody, not too many."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.domain.previews import FoundPage, Preview, checked_thumbnail
from chalicelib.domain.sessions import Session
from chalicelib.errors import Invalid, NotFound, RateLimited, Unavailable
from chalicelib.metrics import Metric
from chalicelib.service import previewing
from chalicelib.service.keeping import Description
from chalicelib.service.previewing import Answer
from chalicelib.service.quota import Quota
from testkit.rest import Rest
from testkit.world import World
from tests.unit.service.test_profiles import png

LINK = "https://example.org/a?b=c"
PENDING = Answer(None, previewing.PENDING_SECONDS)


class Club:
    """A world with a private room, in which Ada has posted a link as message 1; Mia belongs to it."""

    def __init__(self, text: str = f"look: {LINK}", **ports: Any) -> None:
        self.world = World(**ports)
        self.ada, self.mia, self.eve = (
            self.world.chat.sessions.create(name, None, "127.0.0.1") for name in ("Ada", "Mia", "Eve")
        )
        keeping = self.world.chat.house().keeping
        keeping.create(self.ada, "club", Description(access="private"))
        keeping.put_member(self.ada, "club", self.mia.user.id, "member")
        self.client = self.world.connect(self.ada.token, "club")
        self.client.say("club", text, str(uuid.uuid4()))
        self.asked = self.world.previewer.asked

    def use_up(self, count: int) -> None:
        """Let so many pages have been fetched for others."""
        attempts, clock = self.world.attempts, self.world.clock
        quota = Quota(attempts, clock, previewing.PER_CHAT, previewing.WINDOW_SECONDS)
        for _ in range(count):
            quota.count(previewing.EVERYBODY, "")

    def ask(self, who: Session, link: str = LINK, seq: int = 1) -> Answer:
        return self.world.chat.house().previews.of(who, "club", seq, link)


@pytest.fixture
def club() -> Club:
    return Club()


def test_a_page_is_fetched_once_for_everybody_and_again_after_a_day(club: Club) -> None:
    club.world.previewer.pages[LINK] = Preview("Examples", "Many of them")
    for who in (club.ada, club.mia, club.ada):
        assert club.ask(who) == Answer(Preview("Examples", "Many of them"))
    assert club.asked == [LINK]
    club.world.clock.sleep(previewing.FOUND_SECONDS)
    club.ask(club.mia)
    assert club.asked == [LINK, LINK]
    assert club.world.metrics.counted[Metric.PREVIEWS_FOUND] == 2


def test_that_a_page_has_none_is_known_for_an_hour(club: Club) -> None:
    club.world.previewer.pages[LINK] = None
    assert [club.ask(club.ada), club.ask(club.mia)] == [Answer(None)] * 2
    assert club.asked == [LINK]
    club.world.clock.sleep(previewing.NOTHING_SECONDS)
    club.ask(club.ada)
    assert club.asked == [LINK, LINK]
    assert club.world.metrics.counted[Metric.PREVIEWS_NOT_FOUND] == 2


def test_whoever_asks_while_it_is_fetched_is_told_to_ask_again(club: Club) -> None:
    told: list[Answer] = []
    honest: Callable[[str], FoundPage | None] = club.world.previewer.preview

    def preview(address: str) -> FoundPage | None:
        told.append(club.ask(club.mia))
        return honest(address)

    club.world.previewer.preview = preview  # type: ignore[method-assign]
    assert club.ask(club.ada) == Answer(Preview("A page", None))
    assert told == [PENDING]
    assert club.ask(club.mia) == Answer(Preview("A page", None))


def test_somebody_else_fetches_it_if_who_did_is_gone(club: Club) -> None:
    assert club.world.pages.claim(LINK, previewing.CLAIM_SECONDS)
    assert club.ask(club.ada) == PENDING
    club.world.clock.sleep(previewing.CLAIM_SECONDS)
    assert club.ask(club.ada) == Answer(Preview("A page", None))


def test_where_on_a_page_a_link_leads_makes_no_difference() -> None:
    club = Club(f"{LINK}#one and {LINK}#two")
    assert club.ask(club.ada, f"{LINK}#one") == club.ask(club.ada, f"{LINK}#two")
    assert club.asked == [LINK]


@pytest.mark.parametrize("link", ["https://example.com/", LINK.upper(), f"{LINK}&d", "http://example.org/"])
def test_a_link_that_the_message_has_not_is_not_fetched(club: Club, link: str) -> None:
    with pytest.raises(NotFound, match="no message 1 in club with this link"):
        club.ask(club.ada, link)
    assert club.asked == []


@pytest.mark.parametrize(
    "text", ["", "look", "ftp://example.org/", "javascript:alert(1)", "https://", "https://a b"]
)
def test_what_is_no_link_is_refused(text: str) -> None:
    club = Club(f"this is {text}!")
    with pytest.raises(Invalid, match="url must be a link of the message"):
        club.ask(club.ada, text)


def test_a_link_may_be_no_longer_than_any_browser_takes() -> None:
    long = "https://example.org/" + "x" * 1981
    club = Club(long)
    with pytest.raises(Invalid):
        club.ask(club.ada, long)
    assert club.ask(club.ada, long[:-1]) == Answer(Preview("A page", None))


def test_who_may_not_read_the_message_learns_nothing(club: Club) -> None:
    club.ask(club.ada)
    with pytest.raises(NotFound, match="no room club"):
        club.ask(club.eve)
    assert club.asked == [LINK]


def test_a_deleted_message_links_to_nothing(club: Club) -> None:
    club.client.send(action="delete", room="club", seq=1)
    with pytest.raises(NotFound, match="with this link"):
        club.ask(club.ada)


def test_a_deployment_without_previews_fetches_nothing() -> None:
    club = Club(previews=lambda: None)
    with pytest.raises(NotFound, match="shows no previews"):
        club.ask(club.ada)


def test_one_person_has_so_many_pages_fetched_and_what_is_known_costs_nothing() -> None:
    links = [f"https://example.org/{n}" for n in range(previewing.PER_PERSON + 1)]
    club = Club(" ".join(links))
    for link in links[:-1]:
        club.ask(club.ada, link)
    with pytest.raises(RateLimited, match="for you"):
        club.ask(club.ada, links[-1])
    assert club.ask(club.ada, links[0]) == Answer(Preview("A page", None))
    assert club.ask(club.mia, links[-1]) == Answer(Preview("A page", None))
    club.world.clock.sleep(previewing.WINDOW_SECONDS)
    club.world.clock.sleep(previewing.FOUND_SECONDS)
    assert club.ask(club.ada, links[-1]).preview


def test_everybody_together_has_so_many_fetched() -> None:
    club = Club(f"{LINK} https://example.org/another")
    club.use_up(previewing.PER_CHAT - 1)
    club.ask(club.ada)
    with pytest.raises(RateLimited, match="At most 300 pages"):
        club.ask(club.mia, "https://example.org/another")
    assert club.asked == [LINK]
    club.world.clock.sleep(previewing.WINDOW_SECONDS)
    assert club.ask(club.mia, "https://example.org/another").preview


def test_a_crowd_that_asks_at_once_is_counted_once(club: Club) -> None:
    club.use_up(previewing.PER_CHAT - 1)
    assert club.world.pages.claim(LINK, 1)  # somebody was first
    for _ in range(3):
        assert club.ask(club.mia) == PENDING
    club.world.clock.sleep(1)
    assert club.ask(club.mia).preview


def test_if_nobody_can_fetch_pages_nobody_tries_for_a_minute(club: Club) -> None:
    club.world.previewer.fails = True
    with pytest.raises(Unavailable):
        club.ask(club.ada)
    assert club.ask(club.ada) == Answer(None)
    club.world.previewer.fails = False
    club.world.clock.sleep(previewing.UNASKED_SECONDS)
    assert club.ask(club.ada).preview
    assert club.world.metrics.counted[Metric.PREVIEWS_FAILED] == 1


def test_a_browser_may_keep_what_was_found_and_nothing_else(club: Club) -> None:
    path = f"/rooms/club/messages/1/preview?url={LINK.replace('?', '%3F').replace('=', '%3D')}"
    rest = Rest(club.world)
    assert rest.call("GET", path, club.ada.token) == (
        200,
        {"preview": {"title": "A page", "description": None}},
    )
    assert rest.headers["Cache-Control"] == "private, max-age=3600"
    club.world.clock.sleep(previewing.FOUND_SECONDS)
    assert club.world.pages.claim(LINK, 5)
    assert rest.call("GET", path, club.ada.token) == (200, {"preview": None, "retryAfter": 2})
    assert rest.headers["Cache-Control"] == "no-store"


def test_the_picture_of_a_page_is_kept_once_and_had_from_where_files_are(club: Club) -> None:
    thumbnail = checked_thumbnail(png(64))
    assert thumbnail is not None
    club.world.previewer.pictures[LINK] = thumbnail
    path = f"/rooms/club/messages/1/preview?url={LINK.replace('?', '%3F').replace('=', '%3D')}"
    rest = Rest(club.world)
    for who in (club.ada, club.mia):
        status, told = rest.call("GET", path, who.token)
        picture = {"id": thumbnail.id, "url": f"https://files.example.org/previews/{thumbnail.id}?for=300"}
        assert (status, told["preview"]["picture"]) == (200, picture)
        assert rest.headers["Cache-Control"] == "private, max-age=240", "the address ends later than that"
    assert (club.asked, club.world.thumbnails.kept) == ([LINK], {thumbnail.id: thumbnail})


def test_a_picture_that_cannot_be_kept_is_left_out(club: Club) -> None:
    thumbnail = checked_thumbnail(png(64))
    assert thumbnail is not None
    club.world.previewer.pictures[LINK] = thumbnail
    club.world.thumbnails.fails = True
    assert club.ask(club.ada) == Answer(Preview("A page", None))
