"""Fetches the head of a page that somebody names, and its picture: bounded in time and size."""

import logging
import socket
import ssl
import zlib
from collections.abc import Callable
from contextlib import closing
from email.message import Message
from functools import cached_property
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from chalicelib import __version__
from chalicelib.adapters.outside.addresses import (
    Endpoint,
    RefusedAddressError,
    Resolve,
    parse_address,
    resolve,
)
from chalicelib.adapters.outside.connecting import TooSlowError, Visit, connect
from chalicelib.adapters.previews.head import end_of_head, head_of
from chalicelib.domain.previews import MAX_PICTURE_BYTES, FoundPage, checked_thumbnail

logger = logging.getLogger(__name__)

ALL_SECONDS = 3.0
"""Everything together: names, connections, redirects, and what is read of the page and its picture."""

MAX_BYTES = 512 * 1024
"""Of a page as it is sent, and again of what that is when it is unpacked."""

MAX_REDIRECTS = 3
_CHUNK_BYTES = 16 * 1024
_REDIRECTS = (301, 302, 303, 307, 308)
_PAGES = ("text/html", "application/xhtml+xml")
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
_HEADERS = {
    "Connection": "close",
    "User-Agent": f"Mozilla/5.0 (compatible; Undertone/{__version__}; preview of a link)",
}


class NoPageError(Exception):
    """There is no page to preview at an address; the message is for the log."""


_FAULTS = (NoPageError, TooSlowError, RefusedAddressError, HTTPException, OSError, ValueError)


class _Wanted(NamedTuple):
    """What is asked for, how it may be sent, and how much of it is read."""

    what: str
    schemes: tuple[str, ...]
    kinds: tuple[str, ...]
    fits: Callable[[str], bool]
    encoding: str
    most: int


_PAGE = _Wanted("a page", ("https", "http"), _PAGES, _PAGES.__contains__, "gzip", MAX_BYTES)
# By https alone: what somebody on its way could exchange is no picture of that page.
_PICTURE = _Wanted(
    "a picture",
    ("https",),
    _PICTURES,
    lambda kind: kind.startswith("image/"),
    "identity",
    MAX_PICTURE_BYTES + 1,
)


class PageFetcher:
    """Fetches what is shown of pages.

    ``loopback`` allows servers on this machine; ``trusted`` is who signs certificates, the usual authorities
    unless tests say otherwise.
    """

    def __init__(
        self,
        *,
        loopback: bool = False,
        resolver: Resolve = resolve,
        trusted: Callable[[], ssl.SSLContext] = ssl.create_default_context,
        all_seconds: float = ALL_SECONDS,
    ) -> None:
        self._loopback = loopback
        self._resolver = resolver
        self._trusted = trusted
        self._all_seconds = all_seconds

    @cached_property
    def tls(self) -> ssl.SSLContext:
        """Return what checks certificates."""
        return self._trusted()

    def preview(self, address: str) -> FoundPage | None:
        """Return the preview of a page, or None if there is none; why not is logged with the page's host.

        A picture that cannot be had, or not in time, is left out.
        """
        visit = _PageVisit(self, address, self._all_seconds)
        try:
            return visit.result()
        except _FAULTS as error:
            missing = "a page has no preview" if visit.found is None else "a preview has no picture"
            logger.info(missing, extra={"host": visit.host, "reason": str(error)[:300]})
            return visit.found

    def connect(self, endpoint: Endpoint, seconds: float) -> socket.socket:
        """Return a connection to an address that was checked."""
        return connect(endpoint, seconds, lambda: self.tls, self._resolver, loopback=self._loopback)

    def parse(self, address: str, schemes: tuple[str, ...]) -> Endpoint:
        """Return the parts of an address that may be fetched, or raise `RefusedAddressError`."""
        return parse_address(_in_ascii(address), schemes, loopback=self._loopback)


class _PageVisit:
    """One page: its redirects, its head and its picture. `found` is what it has so far."""

    def __init__(self, fetcher: PageFetcher, address: str, seconds: float) -> None:
        self.host = ""
        self.found: FoundPage | None = None
        self._fetcher = fetcher
        self._address = address
        self._visit = Visit[FoundPage | None](seconds)

    def result(self) -> FoundPage | None:
        """Return what was found in time, or raise why there is nothing more."""
        return self._visit.result(self._look)

    def _look(self) -> FoundPage | None:
        address, page, charset = self._follow(self._address, _PAGE)
        head = head_of(page, charset)
        if head is None:
            return None
        self._visit.left()  # a page that was cut off when the time was over is none
        self.found = FoundPage(head.preview)
        if head.picture is None:
            return self.found
        _, content, _ = self._follow(urljoin(address, head.picture), _PICTURE)
        picture = checked_thumbnail(content)
        if picture is None:
            raise NoPageError("its picture is none, too small or too large")
        return FoundPage(head.preview, picture)

    def _follow(self, address: str, wanted: _Wanted) -> tuple[str, bytes, str | None]:
        """Return where an address leads in the end, and what is there with its character set."""
        for _ in range(MAX_REDIRECTS + 1):
            endpoint = self._fetcher.parse(address, wanted.schemes)
            self.host = endpoint.host
            here = f"{endpoint.origin}{endpoint.path}"
            answer = self._ask(endpoint, wanted)
            if not isinstance(answer, str):
                return here, *answer
            address = urljoin(here, answer)
        raise NoPageError(f"it leads on more than {MAX_REDIRECTS} times")

    def _ask(self, endpoint: Endpoint, wanted: _Wanted) -> str | tuple[bytes, str | None]:
        """Return where it leads on, or what is there and its character set."""
        asked = {"Accept": ",".join(wanted.kinds), "Accept-Encoding": wanted.encoding, **_HEADERS}
        connection = HTTPConnection(endpoint.host, endpoint.port)
        connection.sock = self._fetcher.connect(endpoint, self._visit.left())
        try:
            self._visit.uses(connection.sock)
            connection.request("GET", endpoint.path, headers={"Host": endpoint.netloc, **asked})
            # The answer keeps the connection open that it is read from, also when that is closed.
            with closing(connection.getresponse()) as response:
                return self._taken(response, wanted)
        finally:
            connection.close()

    def _taken(self, response: HTTPResponse, wanted: _Wanted) -> str | tuple[bytes, str | None]:
        if response.status in _REDIRECTS:
            location = response.headers.get("Location", "")
            if not location:
                raise NoPageError(f"it answers {response.status} without saying where to")
            return location.encode("latin-1").decode("utf-8", "replace")
        kind, charset = _content_type(response.headers)
        if response.status != 200 or not wanted.fits(kind):
            given = f"{response.status} with {kind or 'nothing'}"
            raise NoPageError(f"it answers {given}, not 200 with {wanted.what}")
        return self._read(response, wanted), charset

    def _read(self, response: HTTPResponse, wanted: _Wanted) -> bytes:
        """Return what is sent: a page up to the end of its head."""
        encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
        packed = encoding in ("gzip", "x-gzip")
        if encoding not in ("identity", "") and not (packed and wanted.encoding == "gzip"):
            raise NoPageError(f"it is packed as {encoding}, which nobody asked for")
        unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if packed else None
        read, taken = bytearray(), 0
        while taken < wanted.most and len(read) < wanted.most:
            self._visit.left()
            chunk = response.read1(_CHUNK_BYTES)
            if not chunk:
                break
            taken += len(chunk)
            more = _unpacked(unpack, chunk, wanted.most - len(read)) if unpack else chunk
            read += more
            end = end_of_head(read, len(more)) if wanted is _PAGE else None
            if end is not None:
                return bytes(read[:end])
        return bytes(read[: wanted.most])


def _unpacked(unpack: "zlib._Decompress", chunk: bytes, most: int) -> bytes:
    """Return what a part of a gzip file is, so many bytes at most: the rest of it is never unpacked."""
    try:
        return unpack.decompress(chunk, most)
    except zlib.error as error:
        raise NoPageError(f"it is no gzip: {error}") from None


def _content_type(headers: Message) -> tuple[str, str | None]:
    kind = headers.get_content_type() if headers.get("Content-Type") else ""
    return kind, headers.get_content_charset()


def _in_ascii(address: str) -> str:
    """Return an address as it is sent: a host beyond ASCII in Punycode, everything else percent-encoded."""
    if address.isascii():
        return address
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
    except ValueError:
        raise RefusedAddressError("the address cannot be taken apart") from None
    if parts.username is not None:
        raise RefusedAddressError("the address has a user's name")
    netloc = host if port is None else f"{host}:{port}"
    path, query = (quote(part, safe="/%:=&?~+!$,;'@()*[]") for part in (parts.path, parts.query))
    return f"{parts.scheme}://{netloc}{path}" + (f"?{query}" if query else "")
