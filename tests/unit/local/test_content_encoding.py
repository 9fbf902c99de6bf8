"""Request bodies in a content coding: the function gets the content, or the client a 415."""

import bz2
import gzip
import zlib
from dataclasses import replace
from typing import Any

import pytest

from local.application import Method
from local.gateway.content_encoding import DecompressedTooLargeError, decoded
from local.limits import GatewayLimits

ROUTES = {"/things": {"POST": Method(None)}}
TEXT = b'{"name": "gr\xc3\xbc\xc3\x9fe"}'


@pytest.fixture
async def rest(serve: Any, describe: Any) -> Any:
    async with serve(describe(rest_routes=ROUTES)) as gateway:
        yield gateway


async def post(gateway: Any, body: bytes, coding: str, kind: str = "application/json") -> tuple[int, Any]:
    headers = {"Content-Encoding": coding, "Content-Type": kind}
    async with gateway.session.post(gateway.url("/api/things"), data=body, headers=headers) as response:
        return response.status, await response.text()


def raw_deflate(data: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return stream.compress(data) + stream.flush()


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (gzip.compress(TEXT, mtime=0), "gzip"),
        (gzip.compress(TEXT[:5], mtime=0) + gzip.compress(TEXT[5:], mtime=0), "GZIP"),
        (zlib.compress(TEXT), "deflate"),
        (raw_deflate(TEXT), "deflate"),
        (TEXT, "identity"),
    ],
)
async def test_the_function_gets_the_content_and_the_header(rest: Any, body: bytes, coding: str) -> None:
    assert (await post(rest, body, coding))[0] == 200
    [event] = rest.functions.of("sample-dev")
    assert (event["body"], event["isBase64Encoded"]) == (TEXT.decode(), False)
    assert event["headers"]["Content-Encoding"] == coding


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (TEXT, "gzip"),
        (b"anything", "br"),
        (TEXT, "deflate"),
        (gzip.compress(TEXT, mtime=0)[:-4], "gzip"),
        (gzip.compress(TEXT, mtime=0) + b"more", "gzip"),
        (bz2.compress(TEXT), "bzip2"),
        (gzip.compress(TEXT, mtime=0), "gzip, gzip"),
        (TEXT, "zstd"),
    ],
)
async def test_another_coding_or_a_wrong_one_is_415_and_reaches_no_function(
    rest: Any, body: bytes, coding: str
) -> None:
    assert await post(rest, body, coding) == (415, '{"message": "Unsupported Media Type"}')
    assert not rest.functions.events
    [line] = rest.said
    assert line.startswith("POST /things 415: ")


async def test_a_request_without_a_body_has_nothing_to_decode(rest: Any) -> None:
    assert (await post(rest, b"", "gzip"))[0] == 200
    assert rest.functions.of("sample-dev")[0]["body"] is None


async def test_content_that_is_too_large_is_413_however_small_it_was_sent(serve: Any, describe: Any) -> None:
    limits = replace(GatewayLimits(), rest_payload_bytes=100_000)
    async with serve(describe(rest_routes=ROUTES), limits) as gateway:
        assert (await post(gateway, gzip.compress(b"x" * 100_000, mtime=0), "gzip"))[0] == 200
        assert (await post(gateway, gzip.compress(b"x" * 100_001, mtime=0), "gzip"))[0] == 413


def test_many_small_members_do_not_add_up_beyond_the_limit() -> None:
    with pytest.raises(DecompressedTooLargeError):
        decoded(gzip.compress(b"x" * 60, mtime=0) * 2, "gzip", 100)
