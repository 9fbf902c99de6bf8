"""The small part of HTTP/1.1 that responses of ``@connections`` use (RFC 9112)."""

from typing import NamedTuple

MAX_HEAD_BYTES = 65536


class Response(NamedTuple):
    """A response. ``body`` explains an error; ``reusable`` says whether the connection stays open."""

    status: int
    body: bytes
    reusable: bool


class BadResponse(Exception):
    """The peer does not speak HTTP/1.1."""


def parse(data: bytes, *, ended: bool = False) -> Response | None:
    """Parse one response.

    Parameters
    ----------
    data
        What has arrived since the request was sent.
    ended
        Whether the peer has closed the connection, so that nothing follows.

    Returns
    -------
    Response | None
        None while a part of the response is missing.

    Raises
    ------
    BadResponse
        The data is not HTTP/1.1.
    """
    head, blank, body = data.partition(b"\r\n\r\n")
    if not blank:
        if len(data) > MAX_HEAD_BYTES or (len(data) >= 5 and not data.startswith(b"HTTP/")):
            raise BadResponse(f"expected the head of an HTTP/1.1 response, got {data[:80]!r}")
        return None
    try:
        status = int(head[9:12])
    except ValueError:
        raise BadResponse(f"expected an HTTP status line, got {head[:80]!r}") from None
    if 100 <= status < 200:
        return parse(body, ended=ended)
    fields = head.lower() + b"\r\n"
    reusable = fields.startswith(b"http/1.1") and b"\r\nconnection: close\r\n" not in fields
    content = _content(status, fields, body)
    if content is not None:
        whole, beyond = content
        return Response(status, whole, reusable and not beyond)
    if ended and _field(fields, b"content-length") is None:
        return Response(status, body, reusable=False)
    return None


def _content(status: int, fields: bytes, body: bytes) -> tuple[bytes, bool] | None:
    """Return the whole content and whether anything follows it, or None while its end is missing."""
    length = _field(fields, b"content-length")
    if length is not None:
        if not length.isdigit():
            raise BadResponse(f"expected a length in Content-Length, got {length!r}")
        size = int(length)
        return (body[:size], len(body) > size) if len(body) >= size else None
    if _field(fields, b"transfer-encoding") == b"chunked":
        return _dechunk(body)
    return (b"", bool(body)) if status in (204, 304) else None


def _field(fields: bytes, name: bytes) -> bytes | None:
    start = fields.find(b"\r\n" + name + b":")
    if start < 0:
        return None
    start += len(name) + 3
    return fields[start : fields.index(b"\r\n", start)].strip()


def _dechunk(body: bytes) -> tuple[bytes, bool] | None:
    content = b""
    while True:
        line, newline, body = body.partition(b"\r\n")
        if not newline:
            return None
        try:
            size = int(line.partition(b";")[0], 16)
        except ValueError:
            raise BadResponse(f"expected a chunk's size, got {line[:80]!r}") from None
        if size == 0:
            # Trailer fields may follow; an empty line ends them.
            _, blank, beyond = (b"\r\n" + body).partition(b"\r\n\r\n")
            return (content, bool(beyond)) if blank else None
        if len(body) < size + 2:
            return None
        content, body = content + body[:size], body[size + 2 :]
