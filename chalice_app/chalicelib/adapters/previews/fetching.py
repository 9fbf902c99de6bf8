"""Fetches the head of a page that somebody names: from hosts on the Internet, bounded in time and size."""

import logging
import socket
import ssl
import zlib
from collections.abc import Callable
from contextlib import closing
from email.message import Message
from functools import cached_property
from http.client import HTTPConnection, HTTPException, HTTPResponse
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
from chalicelib.adapters.previews.head import end_of_head, preview_in
from chalicelib.domain.previews import Preview

logger = logging.getLogger(__name__)

ALL_SECONDS = 3.0
"""Everything together: names, connections, redirects and what is read."""

MAX_BYTES = 512 * 1024
"""Of what is sent, and again of what that is when it is unpacked."""

MAX_REDIRECTS = 3
_CHUNK_BYTES = 16 * 1024
_REDIRECTS = (301, 302, 303, 307, 308)
_PAGES = ("text/html", "application/xhtml+xml")
_SCHEMES = ("https", "http")
_HEADERS = {
    "Accept": "text/html,application/xhtml+xml",
    "Accept-Encoding": "gzip",
    "Connection": "close",
    "User-Agent": f"Mozilla/5.0 (compatible; Undertone/{__version__}; preview of a link)",
}


class NoPageError(Exception):
    """There is no page to preview at an address; the message is for the log."""


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

    def preview(self, address: str) -> Preview | None:
        """Return the preview of a page, or None if there is none; why not is logged with the page's host."""
        visit = _PageVisit(self, address, self._all_seconds)
        try:
            return visit.result()
        except (NoPageError, TooSlowError, RefusedAddressError, HTTPException, OSError, ValueError) as error:
            logger.info("a page has no preview", extra={"host": visit.host, "reason": str(error)[:300]})
            return None

    def connect(self, endpoint: Endpoint, seconds: float) -> socket.socket:
        """Return a connection to an address that was checked."""
        return connect(endpoint, seconds, lambda: self.tls, self._resolver, loopback=self._loopback)

    def parse(self, address: str) -> Endpoint:
        """Return the parts of an address that may be fetched, or raise `RefusedAddressError`."""
        return parse_address(_in_ascii(address), _SCHEMES, loopback=self._loopback)


class _PageVisit:
    """One page: its redirects and its head."""

    def __init__(self, fetcher: PageFetcher, address: str, seconds: float) -> None:
        self.host = ""
        self._fetcher = fetcher
        self._address = address
        self._visit = Visit[Preview | None](seconds)

    def result(self) -> Preview | None:
        """Return what was found in time, or raise why there is nothing."""
        return self._visit.result(self._follow)

    def _follow(self) -> Preview | None:
        address = self._address
        for _ in range(MAX_REDIRECTS + 1):
            endpoint = self._fetcher.parse(address)
            self.host = endpoint.host
            answer = self._ask(endpoint)
            if not isinstance(answer, str):
                return preview_in(*answer)
            address = urljoin(f"{endpoint.origin}{endpoint.path}", answer)
        raise NoPageError(f"it leads on more than {MAX_REDIRECTS} times")

    def _ask(self, endpoint: Endpoint) -> str | tuple[bytes, str | None]:
        """Return where it leads on, or the page and its character set."""
        connection = HTTPConnection(endpoint.host, endpoint.port)
        connection.sock = self._fetcher.connect(endpoint, self._visit.left())
        try:
            self._visit.uses(connection.sock)
            connection.request("GET", endpoint.path, headers={"Host": endpoint.netloc, **_HEADERS})
            # The answer keeps the connection open that it is read from, also when that is closed.
            with closing(connection.getresponse()) as response:
                return self._taken(response)
        finally:
            connection.close()

    def _taken(self, response: HTTPResponse) -> str | tuple[bytes, str | None]:
        if response.status in _REDIRECTS:
            location = response.headers.get("Location", "")
            if not location:
                raise NoPageError(f"it answers {response.status} without saying where to")
            return location.encode("latin-1").decode("utf-8", "replace")
        kind, charset = _content_type(response.headers)
        if response.status != 200 or kind not in _PAGES:
            raise NoPageError(f"it answers {response.status} with {kind or 'nothing'}, not 200 with a page")
        return self._read(response), charset

    def _read(self, response: HTTPResponse) -> bytes:
        """Return the page up to the end of its head."""
        encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
        if encoding not in ("identity", "gzip", "x-gzip", ""):
            raise NoPageError(f"it is packed as {encoding}, which nobody asked for")
        unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if "gzip" in encoding else None
        page, taken = bytearray(), 0
        while taken < MAX_BYTES and len(page) < MAX_BYTES:
            self._visit.left()
            chunk = response.read1(_CHUNK_BYTES)
            if not chunk:
                break
            taken += len(chunk)
            more = _unpacked(unpack, chunk, MAX_BYTES - len(page)) if unpack else chunk
            page += more
            end = end_of_head(page, len(more))
            if end is not None:
                return bytes(page[:end])
        return bytes(page[:MAX_BYTES])


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
