"""The picture of a page is fetched within the same bounds, and one that cannot be had is left out."""

import gzip
import socket

import pytest

from chalicelib.domain.previews import MAX_PICTURE_BYTES, FoundPage, checked_thumbnail
from testkit.pages import PageServer, html, redirect
from tests.unit.service.test_profiles import png

from .test_fetching import ELSEWHERE, FOUND, PAGE, PATIENCE_SECONDS, drip, fetcher

PICTURE = png(1200, height=630)
WITH_PICTURE = FoundPage(FOUND.preview, checked_thumbnail(PICTURE))


def pictured(where: str) -> bytes:
    return html(f"{PAGE}<meta property=og:image content='{where}'>")


def picture(content: bytes, *headers: str, kind: str = "image/png") -> bytes:
    return html(content, *headers, kind=kind)


def test_the_picture_of_a_page_is_fetched_from_where_the_page_was_found(server: PageServer) -> None:
    server.answers |= {
        "/": redirect("/deep/page"),
        "/deep/page": pictured("../a.png?b=1&amp;c=2"),
        "/a.png?b=1&c=2": redirect("/b.png"),
        "/b.png": picture(PICTURE, kind="image/jpg"),
    }
    assert fetcher().preview(f"{server.origin}/") == WITH_PICTURE
    asked = server.asked[-1].lower()
    assert "\r\naccept: image/png,image/jpeg,image/gif,image/webp\r\n" in asked
    assert "referer" not in asked and "cookie" not in asked


@pytest.mark.parametrize("where", [each for each in ELSEWHERE if each])
def test_nor_does_a_picture_lead_elsewhere(server: PageServer, where: str) -> None:
    named = {"inside.example.org": ["10.0.0.1"], "example.org": ["93.184.216.34"]}

    def resolver(host: str, port: int) -> list[str]:
        return named.get(host) or [str(one[4][0]) for one in socket.getaddrinfo(host, port)]

    where = where.replace("http:", "https:")
    server.answers |= {"/": pictured(where), "/2": pictured("/there"), "/there": redirect(where)}
    inside = fetcher(resolver=resolver)
    assert [inside.preview(f"{server.origin}/{path}") for path in ("", "2")] == [FOUND, FOUND]
    assert server.paths == ["/", "/2", "/there"]


def test_a_picture_is_had_by_https_alone(server: PageServer) -> None:
    """A server of this machine may be asked by http in tests, so the picture is one of another host."""
    asked: list[str] = []

    def resolver(host: str, port: int) -> list[str]:
        asked.append(f"{host}:{port}")
        return ["127.0.0.1"] if host == "127.0.0.1" else ["10.0.0.1"]

    server.answers["/"] = pictured("http://example.org/a.png")
    assert fetcher(resolver=resolver).preview(f"{server.origin}/") == FOUND
    assert asked == [f"127.0.0.1:{server.port}"]


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 404 No\r\nContent-Type: image/png\r\n\r\n" + PICTURE,
        picture(PICTURE, kind="text/html"),
        picture(b"<svg xmlns='http://www.w3.org/2000/svg'/>", kind="image/svg+xml"),
        picture(PICTURE[:20]),
        picture(b"GIF89a\x40\0\x40\0<script>alert(1)</script>"),
        picture(png(5000, height=40)),
        picture(png(4000)),
        picture(png(1)),
        picture(PICTURE + bytes(MAX_PICTURE_BYTES)),
        picture(gzip.compress(PICTURE), "Content-Encoding: gzip"),
    ],
    ids=["missing", "page", "drawing", "cut", "page too", "wide", "bomb", "counter", "heavy", "packed"],
)
def test_what_is_no_picture_of_a_bounded_size_is_left_out(server: PageServer, answer: bytes) -> None:
    server.answers |= {"/": pictured("a.png"), "/a.png": answer}
    assert fetcher().preview(f"{server.origin}/") == FOUND


def test_a_slow_picture_costs_the_preview_nothing_but_itself(server: PageServer) -> None:
    start = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"
    server.answers |= {"/": pictured("a.png"), "/a.png": lambda client: drip(client, start)}
    while "/a.png" not in server.paths:  # on a busy machine the time may be over before that
        found = fetcher(all_seconds=0.5).preview(f"{server.origin}/")
    assert found == FOUND
    assert server.left.wait(PATIENCE_SECONDS)
