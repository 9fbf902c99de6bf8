"""Request bodies that a client has compressed: API Gateway decompresses them before it calls a function.

The function gets the content itself, and still the ``Content-Encoding`` header that it came with.

Sources
-------
Codings and 415:
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-make-request-with-compressed-payload.html
and https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-enable-compression.html
The header stays: https://github.com/dougmoscrop/serverless-http/issues/194
"""

import zlib
from collections.abc import Iterator

_GZIP_BITS = 16 + zlib.MAX_WBITS
_ZLIB_BITS = zlib.MAX_WBITS
_RAW_BITS = -zlib.MAX_WBITS


class ContentCodingError(Exception):
    """The coding is not supported, or the body is not coded with it."""


class DecompressedTooLargeError(Exception):
    """The content exceeds the limit that bodies have."""


def decoded(body: bytes, coding: str, limit_bytes: int) -> bytes:
    """Undo the content coding of a request's body.

    Parameters
    ----------
    coding
        Value of the ``Content-Encoding`` header; empty if there is none.
    limit_bytes
        How large the content may be.

    Raises
    ------
    ContentCodingError
        The coding is none of gzip, deflate and identity, or the body is not coded with it.
    DecompressedTooLargeError
        The content is larger than the limit.
    """
    name = coding.strip().lower()
    if name in ("", "identity"):
        return body
    if name not in ("gzip", "deflate"):
        raise ContentCodingError(f"the content coding {name!r} is none of gzip, deflate and identity")
    if not body:
        return body
    # "deflate" is the zlib format (RFC 9110, 8.4.1.2); many clients send the raw one under this name.
    formats = (_GZIP_BITS,) if name == "gzip" else (_ZLIB_BITS, _RAW_BITS)
    for bits in formats:
        try:
            return _joined(_members(body, bits, limit_bytes), limit_bytes)
        except zlib.error:
            continue
    raise ContentCodingError(f"the body is said to be {name} and is not")


def _members(body: bytes, bits: int, limit_bytes: int) -> Iterator[bytes]:
    """Decompress one stream after the other: a gzip file may consist of several."""
    while body:
        stream = zlib.decompressobj(bits)
        yield stream.decompress(body, limit_bytes + 1)
        if not stream.eof:
            if stream.unconsumed_tail:
                raise DecompressedTooLargeError
            raise zlib.error("the stream ends too early")
        if stream.unused_data and bits != _GZIP_BITS:
            raise zlib.error("something follows the stream")
        body = stream.unused_data


def _joined(members: Iterator[bytes], limit_bytes: int) -> bytes:
    content = bytearray()
    for member in members:
        content += member
        if len(content) > limit_bytes:
            raise DecompressedTooLargeError
    return bytes(content)
