"""API Gateway's limit on single WebSocket frames.

aiohttp knows a limit for whole messages alone and hides where one frame ends and the next begins. So the
bytes pass through this counter before aiohttp's own reader: it follows the frame headers (RFC 6455, section
5.2) and ends the connection with 1009 at the header of a frame that is too large, before its payload is read,
and with 1002 at one that is not masked, which aiohttp accepts.
"""

from collections.abc import Callable

from aiohttp import WebSocketError, WSCloseCode, web
from aiohttp.http_websocket import WebSocketReader

_SEVEN_BITS = 0x7F
_MASKED = 0x80
_MASK_BYTES = 4


class FrameTooLargeError(WebSocketError):
    """A frame exceeds the limit that frames have."""


class NotMaskedError(WebSocketError):
    """A client's frame is not masked, which the protocol demands (RFC 6455, section 5.1)."""


class FrameSizes:
    """Follows a byte stream of frames and finds the first one that a client must not send."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._header = bytearray()
        self._skip = 0

    def problem(self, data: bytes) -> WebSocketError | None:
        """Consume the next bytes; return what is wrong with a frame that begins in them."""
        position = 0
        while position < len(data):
            if self._skip:
                step = min(self._skip, len(data) - position)
                self._skip -= step
                position += step
                continue
            self._header.append(data[position])
            position += 1
            length = self._payload_length()
            if length is None:
                continue
            if not self._header[1] & _MASKED:
                return NotMaskedError(WSCloseCode.PROTOCOL_ERROR, "Frame not masked")
            if length > self._limit:
                return FrameTooLargeError(WSCloseCode.MESSAGE_TOO_BIG, "Frame too large")
            self._skip = length + _MASK_BYTES
            self._header.clear()
        return None

    def _payload_length(self) -> int | None:
        """Length that the collected header declares; None while it is incomplete."""
        if len(self._header) < 2:
            return None
        short = self._header[1] & _SEVEN_BITS
        extended = {126: 2, 127: 8}.get(short, 0)
        if len(self._header) < 2 + extended:
            return None
        return int.from_bytes(self._header[2 : 2 + extended], "big") if extended else short


class _GuardedReader:
    """Wraps aiohttp's reader and drops frames that a client must not send."""

    def __init__(self, reader: WebSocketReader, fail: Callable[[Exception], None], limit: int) -> None:
        self._reader = reader
        self._fail = fail
        self._sizes = FrameSizes(limit)
        self._ended = False

    def feed_data(self, data: bytes) -> tuple[bool, bytes]:
        if self._ended:
            return True, data
        problem = self._sizes.problem(data)
        if problem is not None:
            self._ended = True
            self._fail(problem)
            return True, b""
        return self._reader.feed_data(data)

    def feed_eof(self) -> None:
        self._reader.feed_eof()


def limit_frames(socket: web.WebSocketResponse, request: web.Request, limit: int) -> None:
    """Close ``socket`` with 1009 at a frame beyond ``limit`` bytes, and with 1002 at one that is not masked.

    The socket must be prepared and unread.

    aiohttp has no public way to look at frames, so three private attributes are used; its version is pinned,
    and a test sends such a frame.
    """
    reader, queue = socket._parser, socket._reader
    if reader is None or queue is None:
        raise RuntimeError("the socket must be prepared before its frames can be limited")
    guard = _GuardedReader(reader, queue.set_exception, limit)
    request.protocol._payload_parser = guard
