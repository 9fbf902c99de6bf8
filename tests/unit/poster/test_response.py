"""The part of HTTP that responses use."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.adapters.poster.response import BadResponse, Response, parse

WITH_LENGTH = b"HTTP/1.1 410 Gone\r\nDate: today\r\ncontent-length: 18\r\n\r\n" + b'{"message":"Gone"}'
CHUNKED = b"HTTP/1.1 500 X\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nA: b\r\n\r\n"


def test_a_response_with_a_length_is_parsed() -> None:
    assert parse(WITH_LENGTH) == Response(410, b'{"message":"Gone"}', True)


def test_a_chunked_response_is_parsed() -> None:
    assert parse(CHUNKED) == Response(500, b"abcde", True)


@settings(deadline=None)
@given(st.sampled_from([WITH_LENGTH, CHUNKED]), st.data())
def test_an_incomplete_response_is_never_taken_for_a_complete_one(whole: bytes, data: st.DataObject) -> None:
    assert parse(whole[: data.draw(st.integers(0, len(whole) - 1))]) is None


def test_an_interim_response_is_skipped() -> None:
    assert parse(b"HTTP/1.1 100 Continue\r\n\r\n" + WITH_LENGTH) == parse(WITH_LENGTH)


@pytest.mark.parametrize(
    "head",
    [b"HTTP/1.0 200 OK\r\nContent-Length: 0", b"HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 0"],
)
def test_a_connection_that_the_peer_will_close_is_not_reusable(head: bytes) -> None:
    assert parse(head + b"\r\n\r\n") == Response(200, b"", False)


def test_a_response_without_a_length_ends_with_its_connection() -> None:
    data = b"HTTP/1.1 502 Bad Gateway\r\n\r\nwhy"
    assert parse(data) is None
    assert parse(data, ended=True) == Response(502, b"why", False)


@pytest.mark.parametrize(
    "data",
    [
        b"SSH-2.0-x\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_data_that_is_not_http_is_named_in_the_error(data: bytes) -> None:
    with pytest.raises(BadResponse, match="expected"):
        parse(data)
