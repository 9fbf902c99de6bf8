"""Whatever a server does, a page is fetched within its bounds, and nothing reaches a network of ours."""

import gzip
import socket
import ssl
import threading
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.adapters.previews import PageFetcher
from chalicelib.adapters.previews.fetching import MAX_BYTES, MAX_REDIRECTS
from chalicelib.domain.previews import FoundPage, Preview
from testkit.pages import PageServer, html, redirect
from tests.unit.poster.test_tls import Certificate, certificate  # noqa: F401 # a fixture

PAGE = "<title>A page</title><meta name=description content='What it says'>"
FOUND = FoundPage(Preview("A page", "What it says"))
PATIENCE_SECONDS = 30.0


def fetcher(**options: Any) -> PageFetcher:
    return PageFetcher(**{"loopback": True, "all_seconds": PATIENCE_SECONDS, **options})


def test_a_page_is_fetched_with_an_honest_name_and_without_a_word_of_us(server: PageServer) -> None:
    server.answers["/a?b=c"] = html(PAGE)
    assert fetcher().preview(f"{server.origin}/a?b=c#part") == FOUND
    [request] = server.asked
    head, *lines = request.strip().split("\r\n")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    assert head == "GET /a?b=c HTTP/1.1"
    assert headers.keys() == {"host", "accept", "accept-encoding", "connection", "user-agent"}
    assert headers["host"] == f"127.0.0.1:{server.port}"
    assert "Undertone/" in headers["user-agent"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_a_few_times(server: PageServer, status: int) -> None:
    server.answers |= {"/0": redirect("/1", status), "/1": redirect("2?x", status), "/2?x": html(PAGE)}
    assert fetcher().preview(f"{server.origin}/0") == FOUND


def test_redirects_end(server: PageServer) -> None:
    server.answers["/"] = redirect("/")
    assert fetcher().preview(f"{server.origin}/") is None
    assert len(server.asked) == MAX_REDIRECTS + 1


ELSEWHERE = (
    "http://169.254.169.254/latest/meta-data/",
    "http://[::ffff:169.254.169.254]/",
    "http://[fd00:ec2::254]/",
    "http://10.0.0.1/",
    "http://127.0.0.2/",
    "http://2130706434/",
    "http://0x7f000002/",
    "http://127.2/",
    "http://[64:ff9b::7f00:1]/",
    "http://inside.example.org/",
    "http://example.org:22/",
    "http://example.org:8080/",
    "http://me:secret@example.org/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "data:text/html,<title>x</title>",
    "ftp://example.org/",
    "gopher://example.org/_x",
    "//169.254.169.254/",
    "http://example.org\\@169.254.169.254/",
    "http://exa mple.org/",
    "",
)


REFUSALS = ("which is no host on the Internet", "the address ", "without saying where to")


def refused(log: pytest.LogCaptureFixture) -> bool:
    """Return whether the last address was refused before anybody connected to it."""
    reason = str(vars(log.records[-1])["reason"])
    return any(refusal in reason for refusal in REFUSALS)


@pytest.mark.parametrize("location", ELSEWHERE)
def test_a_redirect_leads_nowhere_else(
    server: PageServer, location: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Each hop is checked like the first one."""

    def resolver(host: str, port: int) -> list[str]:
        names = {"inside.example.org": ["93.184.216.34", "10.0.0.1"], "example.org": ["93.184.216.34"]}
        return names.get(host) or [str(one[4][0]) for one in socket.getaddrinfo(host, port)]

    caplog.set_level("INFO")
    server.answers["/"] = redirect(location)
    assert fetcher(resolver=resolver).preview(f"{server.origin}/") is None
    assert refused(caplog)
    assert server.paths == ["/"]


@pytest.mark.parametrize("address", [each for each in ELSEWHERE if each])
def test_nor_does_a_link(address: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    assert fetcher(loopback=False, resolver=lambda *_: ["127.0.0.1"]).preview(address) is None
    assert refused(caplog)


def test_a_name_is_resolved_once_and_the_checked_address_is_connected_to() -> None:
    """A name that leads elsewhere a moment later gains nothing (DNS rebinding)."""
    answers = [["127.0.0.2"], ["127.0.0.1"]]
    with PageServer("127.0.0.2").running() as checked, PageServer(port=checked.port).running() as other:
        checked.answers["/"] = html(PAGE)
        rebinding = fetcher(resolver=lambda *_: answers.pop(0))
        assert rebinding.preview(f"http://localhost:{checked.port}/") == FOUND
        assert (len(checked.asked), len(other.asked), len(answers)) == (1, 0, 1)
        assert f"\r\nHost: localhost:{checked.port}\r\n" in checked.asked[0]


def test_the_certificate_must_be_that_of_the_name(certificate: Certificate) -> None:  # noqa: F811
    path, context = certificate
    here: dict[str, Any] = {"resolver": lambda *_: ["127.0.0.1"]}
    trusting = fetcher(trusted=lambda: ssl.create_default_context(cafile=path), **here)
    with PageServer(tls=context).running() as server:
        server.answers["/"] = html(PAGE)
        assert trusting.preview(f"https://localhost:{server.port}/") == FOUND
        assert trusting.preview(f"https://127.0.0.1:{server.port}/") is None
        assert fetcher(**here).preview(f"https://localhost:{server.port}/") is None
        assert len(server.asked) == 1


def drip(client: socket.socket, first: bytes) -> None:
    """Say something and then, for as long as somebody listens, a little more: no read ever times out."""
    client.sendall(first)
    for _ in range(int(PATIENCE_SECONDS * 100)):
        client.sendall(b"a")
        time.sleep(0.01)


@pytest.mark.parametrize(
    "first",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nX: ",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nf",
    ],
    ids=["status", "header", "body", "chunk"],
)
def test_a_slow_server_is_left_when_the_time_is_over(server: PageServer, first: bytes) -> None:
    server.answers["/"] = lambda client: drip(client, first)
    while not server.asked:  # on a busy machine the time may be over before that
        assert fetcher(all_seconds=0.3).preview(f"{server.origin}/") is None
    assert server.left.wait(PATIENCE_SECONDS)


def test_so_is_one_that_says_nothing_and_a_name_that_is_never_found(server: PageServer) -> None:
    silence = threading.Event()

    def say_nothing(_: socket.socket) -> None:
        silence.wait(PATIENCE_SECONDS)

    server.answers["/"] = say_nothing
    assert fetcher(all_seconds=0.2).preview(f"{server.origin}/") is None

    def never(host: str, port: int) -> list[str]:
        silence.wait(PATIENCE_SECONDS)
        return []

    assert fetcher(all_seconds=0.2, resolver=never).preview("https://example.org/") is None
    silence.set()


def endless(head: bytes) -> Callable[[socket.socket], None]:
    def answer(client: socket.socket) -> None:
        client.sendall(head)
        while True:
            client.sendall(b" " * 65536)

    return answer


def test_of_a_page_without_an_end_half_a_megabyte_is_read(server: PageServer) -> None:
    server.answers["/"] = endless(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE.encode())
    assert fetcher().preview(f"{server.origin}/") == FOUND
    assert server.left.wait(PATIENCE_SECONDS)


def test_a_page_is_left_where_its_head_ends(server: PageServer) -> None:
    begin = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}</head><body>"
    head = f"{begin}<meta property=og:title content=no>"
    server.answers["/"] = lambda client: drip(client, head.encode())
    assert fetcher().preview(f"{server.origin}/") == FOUND
    assert server.left.wait(PATIENCE_SECONDS)


def test_headers_without_an_end_are_no_answer(server: PageServer) -> None:
    def answer(client: socket.socket) -> None:
        client.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            client.sendall(b"X: y\r\n" * 100)

    server.answers["/"] = answer
    assert fetcher().preview(f"{server.origin}/") is None


def test_a_packed_page_is_unpacked(server: PageServer) -> None:
    server.answers["/"] = html(gzip.compress(PAGE.encode()), "Content-Encoding: gzip")
    assert fetcher().preview(f"{server.origin}/") == FOUND


def test_a_page_that_grows_without_bound_is_unpacked_no_further(server: PageServer) -> None:
    bomb = gzip.compress(PAGE.encode() + b" " * (64 * MAX_BYTES))
    assert len(bomb) < MAX_BYTES
    server.answers["/"] = html(bomb, "Content-Encoding: gzip")
    tracemalloc.start()
    try:
        assert fetcher().preview(f"{server.origin}/") == FOUND
        assert tracemalloc.get_traced_memory()[1] < 16 * MAX_BYTES
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"nonsense",
        b"HTTP/1.1 200 OK\r\n\r\n" + PAGE.encode(),
        b"HTTP/1.1 302 Found\r\n\r\n",
        b"HTTP/1.1 500 Oh\r\nContent-Type: text/html\r\n\r\n" + PAGE.encode(),
        html(PAGE, kind="application/json"),
        html(PAGE, kind="image/svg+xml"),
        html(PAGE, kind="text/html/x"),
        html(PAGE, "Content-Encoding: br"),
        html(b"no gzip", "Content-Encoding: gzip"),
        html("<p>no title"),
    ],
    ids=[
        "nothing",
        "nonsense",
        "no-type",
        "nowhere",
        "fault",
        "json",
        "svg",
        "odd-type",
        "brotli",
        "no-gzip",
        "untitled",
    ],
)
def test_what_is_no_page_has_no_preview(server: PageServer, answer: bytes) -> None:
    server.answers["/"] = answer
    assert fetcher().preview(f"{server.origin}/") is None


def test_why_a_page_has_no_preview_is_logged_without_its_address(
    server: PageServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    assert fetcher().preview(f"{server.origin}/secret") is None
    assert fetcher().preview("http://me:secret@127.0.0.1/secret") is None
    reasons = [vars(record) for record in caplog.records]
    assert [(one["host"], one["reason"][:14]) for one in reasons] == [
        ("127.0.0.1", "it answers 404"),
        ("", "the address mu"),
    ]
    assert "secret" not in f"{reasons[0]['reason']}{reasons[1]['reason']}"


def test_an_address_of_numbers_is_a_host_too() -> None:
    try:
        listening = PageServer("::1")
    except OSError:
        pytest.skip("this machine has no IPv6 on loopback")
    with listening.running() as server:
        server.answers["/"] = html(PAGE)
        assert fetcher().preview(f"http://[::1]:{server.port}/") == FOUND
        assert f"\r\nHost: [::1]:{server.port}\r\n" in server.asked[0]


def test_letters_beyond_ascii_are_sent_as_browsers_send_them(server: PageServer) -> None:
    server.answers["/w%C3%B6rter?q=%E2%82%AC"] = html(PAGE)
    assert fetcher().preview(f"{server.origin}/wörter?q=€") == FOUND
    asked: list[str] = []
    resolving = fetcher(resolver=lambda host, _: asked.append(host) or [])  # type: ignore[func-returns-value]
    assert resolving.preview("https://bücher.example/") is None
    assert asked == ["xn--bcher-kva.example"]
