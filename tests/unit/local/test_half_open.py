"""Clients that stop in the middle of a request, or send what is none."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from aiohttp import web

from local.gateway.half_open import close_half_open, request_logger

SECRET = "eyJzdWIiOiJhIn0"
REQUEST = b"GET / HTTP/1.1\r\nHost: here\r\n\r\n"


@asynccontextmanager
async def serving(lines: list[str], seconds: float) -> AsyncIterator[int]:
    async def slow(request: web.Request) -> web.Response:
        await asyncio.sleep(5 * seconds)
        return web.Response(text="done")

    application = web.Application()
    application.router.add_get("/", slow)
    runner = web.AppRunner(application, access_log=None, logger=request_logger(lines.append))
    await runner.setup()
    assert runner.server is not None
    sweep = asyncio.create_task(close_half_open(runner.server, seconds, seconds / 4))
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield runner.addresses[0][1]
    finally:
        sweep.cancel()
        await runner.cleanup()


@pytest.mark.parametrize("begun", [b"", b"GET / HTT", b"GET / HTTP/1.1\r\nHost: here\r\n"])
async def test_a_request_that_does_not_go_on_ends_its_connection(begun: bytes) -> None:
    async with serving([], 0.1) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(begun)
        with suppress(ConnectionResetError):
            assert await asyncio.wait_for(reader.read(), 40) == b""


async def test_a_request_that_takes_long_to_answer_is_answered() -> None:
    async with serving([], 0.1) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(REQUEST)
        assert await asyncio.wait_for(reader.readuntil(b"done"), 40)


@pytest.mark.parametrize(
    "request_line",
    [
        f"GET /ws?token={SECRET} x HTTP/1.1",
        f"GET /ws?token={SECRET} HTTP/9.z",
        f"GET /ws?token={SECRET}\x01 HTTP/1.1",
        f"GET / HTTP/1.1\r\nAuthorization: Bearer \x00{SECRET}",
        f"{SECRET}",
    ],
    ids=repr,
)
async def test_nothing_of_a_request_that_cannot_be_parsed_is_logged(
    request_line: str, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    lines: list[str] = []
    with caplog.at_level(logging.DEBUG):
        async with serving(lines, 40) as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(request_line.encode("latin-1") + b"\r\nHost: here\r\n\r\n")
            await asyncio.wait_for(reader.read(12), 40)
            writer.close()
    assert SECRET not in "\n".join([*lines, caplog.text, *capsys.readouterr()])
