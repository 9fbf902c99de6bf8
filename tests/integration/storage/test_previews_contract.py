"""What was found at the addresses of links, on the fake and on both emulators."""

from chalicelib.adapters.dynamodb.previews import DynamoPreviews
from chalicelib.adapters.dynamodb.table import Table
from chalicelib.domain.previews import Preview
from chalicelib.service.preview_ports import KnownPage, Previews
from testkit.clock import FakeClock
from testkit.fakes import CountedMetrics
from testkit.memory.previews import MemoryPreviews
from tests.integration.storage.conftest import Store

PAGE = "https://example.org/" + "x" * 1980  # longer than a key could be


def previews(store: Store, clock: FakeClock) -> Previews:
    if store.client is None:
        return MemoryPreviews(clock)
    return DynamoPreviews(Table(store.client, store.messages_table, CountedMetrics()), clock)


def test_what_was_found_is_known_for_its_time(store: Store) -> None:
    clock = FakeClock()
    pages = previews(store, clock)
    whole, bare = Preview("Grüße 👋", "Many of them", "0123abcd"), Preview("Bare", None)
    pages.keep(PAGE, whole, 60)
    pages.keep(f"{PAGE[:-1]}y", bare, 60)
    pages.keep("https://example.org/none", None, 60)
    assert pages.find(PAGE) == KnownPage(whole)
    assert pages.find(f"{PAGE[:-1]}y") == KnownPage(bare)
    assert pages.find("https://example.org/none") == KnownPage(None)
    assert pages.find("https://example.org/unknown") is None
    clock.sleep(59)
    assert pages.find(PAGE) == KnownPage(whole)
    clock.sleep(1)
    assert pages.find(PAGE) is None


def test_one_of_many_fetches_a_page(store: Store) -> None:
    clock = FakeClock()
    pages = previews(store, clock)
    page = "https://example.org/claimed"
    assert [pages.claim(page, 5), pages.claim(page, 5)] == [True, False]
    assert pages.find(page) == KnownPage(None, pending=True)
    clock.sleep(5)
    assert pages.find(page) is None
    assert pages.claim(page, 5)
    pages.keep(page, Preview("A page", None), 60)
    assert pages.find(page) == KnownPage(Preview("A page", None))
    assert not pages.claim(page, 5)
    clock.sleep(60)
    assert pages.claim(page, 5)
