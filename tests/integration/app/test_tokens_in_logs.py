"""Whatever a client sends, its token is in no log."""

import asyncio
from urllib.parse import urlsplit

import pytest

from local.testing import RunningStack
from testkit.client import People, unique

HOSTILE = {
    "a space in the address": "GET /ws?token={token} x HTTP/1.1\r\nHost: here",
    "no such version": "GET /ws?token={token} HTTP/9.z\r\nHost: here",
    "a control character in the address": "GET /ws?token={token}\x01 HTTP/1.1\r\nHost: here",
    "a control byte in a header": (
        "GET /api/rooms HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer {token}\x00"
    ),
    "a header without a colon": "GET /api/rooms HTTP/1.1\r\nHost: here\r\nAuthorization Bearer {token}",
    "a handshake of another protocol": (
        "GET /ws?token={token} HTTP/1.1\r\nHost: here\r\nUpgrade: h2c\r\nConnection: Upgrade"
    ),
    "a handshake without a key": (
        "GET /ws?token={token} HTTP/1.1\r\nHost: here\r\nUpgrade: websocket\r\nConnection: Upgrade"
    ),
    "a token that is too long": "GET /ws?token={token}" + "x" * 9000 + " HTTP/1.1\r\nHost: here",
    "a route that is not there": "POST /api/{token} HTTP/1.1\r\nHost: here\r\nContent-Length: 0",
    "a chunk that is none": (
        "POST /api/session HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n{token}"
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
async def test_no_log_holds_the_token_of_a_hostile_request(
    people: People, stack: RunningStack, case: str
) -> None:
    _, token = await people.sign_in(unique("eve"))
    address = urlsplit(stack.url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write(HOSTILE[case].format(token=token).encode("latin-1") + b"\r\n\r\n")
    await asyncio.wait_for(reader.read(12), 40)
    writer.close()
    status, _ = await people.rest("GET", "/rooms", token=token)  # what was printed before is there by then
    assert status == 200
    logs = {path: path.read_text("utf-8", "replace") for path in stack.state.rglob("*.log")}
    assert token not in stack.output
    assert [path for path, text in logs.items() if token in text] == []
