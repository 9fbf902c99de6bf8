"""Previews of links in the running chat, of pages of a server that the test runs."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from testkit.client import People
from testkit.pages import PageServer, html, redirect
from tests.unit.service.test_profiles import png


@pytest.fixture
def server() -> Iterator[PageServer]:
    with PageServer().running() as running:
        yield running


async def test_a_page_is_previewed_for_who_reads_the_message_and_fetched_once(
    people: People, room: str, server: PageServer
) -> None:
    server.answers |= {
        "/page?a=b&c": html("<title>A &lt;b&gt;page&lt;/b&gt;</title><meta name=description content=about>"),
        "/inside": redirect("http://169.254.169.254/latest/meta-data/"),
    }
    ada, bob = await people.in_room(room, 2)
    page, inside = f"{server.origin}/page?a=b&c", f"{server.origin}/inside"
    said = await ada.say(room, f"see {page} and {inside}")

    async def preview(token: str, link: str) -> tuple[int, Any]:
        path = f"/rooms/{room}/messages/{said['seq']}/preview?url={quote(link, safe='')}"
        return await people.rest("GET", path, token=token)

    found = {"title": "A <b>page</b>", "description": "about"}
    assert await preview(ada.token, page) == (200, {"preview": found})
    assert await preview(bob.token, page) == (200, {"preview": found})
    assert await preview(ada.token, inside) == (200, {"preview": None})
    assert server.paths == ["/page?a=b&c", "/inside"]
    assert (await preview(ada.token, server.origin + "/other"))[0] == 404


async def test_the_picture_of_a_page_is_had_from_the_bucket(
    people: People, room: str, server: PageServer
) -> None:
    server.answers |= {
        "/": html("<title>Pictured</title><meta property=og:image content='/a.png'>"),
        "/a.png": html(png(300, height=200), kind="image/png"),
    }
    ada, bob = await people.in_room(room, 2)
    said = await ada.say(room, f"see {server.origin}/")
    path = f"/rooms/{room}/messages/{said['seq']}/preview?url={quote(server.origin + '/', safe='')}"
    for client in (ada, bob):
        status, told = await people.rest("GET", path, token=client.token)
        assert (status, told["preview"]["title"]) == (200, "Pictured")
        async with people.http.get(told["preview"]["picture"]["url"]) as answer:
            assert (answer.status, answer.content_type) == (200, "image/png")
            assert await answer.read() == png(300, height=200)
    assert server.paths == ["/", "/a.png"]
