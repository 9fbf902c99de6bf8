"""Sizes and times at which API Gateway closes a connection."""

import asyncio
import os
import struct
from dataclasses import replace
from typing import Any

import aiohttp
import pytest

from local.gateway.connections import GoneError
from local.gateway.frames import FrameSizes
from local.gateway.request_data import now_ms
from local.limits import GatewayLimits

KIB = 1024
TEXT, CONTINUATION, LAST = 0x1, 0x0, 0x80


def frame(opcode: int, payload: bytes) -> bytes:
    """A masked frame as a client sends it."""
    size = len(payload)
    length = bytes([0x80 | size]) if size < 126 else struct.pack("!BH", 0xFE, size)
    if size > 0xFFFF:
        length = struct.pack("!BQ", 0xFF, size)
    mask = os.urandom(4)
    masked = bytes(byte ^ mask[index % 4] for index, byte in enumerate(payload))
    return bytes([opcode]) + length + mask + masked


async def send_raw(socket: Any, *frames: bytes) -> None:
    socket._response.connection.transport.write(b"".join(frames))


async def test_a_frame_of_32_kib_is_taken(gateway: Any) -> None:
    async with gateway.connect() as socket:
        await socket.send_str("x" * 32 * KIB)
        [event] = await gateway.functions.wait_for("message")
    assert len(event["body"]) == 32 * KIB


async def test_a_larger_frame_closes_with_1009_though_the_message_would_fit(gateway: Any) -> None:
    async with gateway.connect() as socket:
        await socket.send_str("x" * (32 * KIB + 1))
        message = await socket.receive(timeout=30)
    assert (message.type, message.data) == (aiohttp.WSMsgType.CLOSE, 1009)
    [event] = await gateway.functions.wait_for("disconnect")
    assert event["requestContext"]["disconnectStatusCode"] == 1009
    assert not gateway.functions.of("message")


async def test_a_message_of_128_kib_in_four_frames_is_taken(gateway: Any) -> None:
    part = b"y" * 32 * KIB
    async with gateway.connect() as socket:
        middle = frame(CONTINUATION, part)
        await send_raw(socket, frame(TEXT, part), middle, middle, frame(LAST | CONTINUATION, part))
        [event] = await gateway.functions.wait_for("message")
    assert len(event["body"]) == 128 * KIB


async def test_a_larger_message_closes_with_1009(gateway: Any) -> None:
    part = b"y" * 32 * KIB
    async with gateway.connect() as socket:
        middle = frame(CONTINUATION, part)
        await send_raw(socket, frame(TEXT, part), middle, middle, middle, frame(LAST | CONTINUATION, b"z"))
        message = await socket.receive(timeout=30)
    assert (message.type, message.data) == (aiohttp.WSMsgType.CLOSE, 1009)
    assert not gateway.functions.of("message")


@pytest.mark.parametrize("payload", [b"", b"hello", b"y" * 200], ids=len)
async def test_a_frame_that_is_not_masked_closes_with_1002(gateway: Any, payload: bytes) -> None:
    size = len(payload)
    length = bytes([size]) if size < 126 else struct.pack("!BH", 0x7E, size)
    async with gateway.connect() as socket:
        await send_raw(socket, bytes([LAST | TEXT]) + length + payload)
        message = await socket.receive(timeout=30)
    assert (message.type, message.data) == (aiohttp.WSMsgType.CLOSE, 1002)
    assert not gateway.functions.of("message")


@pytest.mark.parametrize("step", [1, 2, 3, 7, 1000])
def test_frame_sizes_are_found_however_the_bytes_arrive(step: int) -> None:
    stream = frame(LAST | TEXT, b"a" * 5) + frame(LAST | TEXT, b"b" * 200) + frame(LAST | TEXT, b"c" * 301)
    sizes = FrameSizes(300)
    verdicts = [sizes.problem(stream[at : at + step]) for at in range(0, len(stream), step)]
    assert any(verdicts)
    accepted = FrameSizes(301)
    assert not any(accepted.problem(stream[at : at + step]) for at in range(0, len(stream), step))


async def test_a_silent_connection_is_closed_with_going_away(serve: Any) -> None:
    limits = replace(GatewayLimits(), idle_seconds=0.15)
    async with serve(limits=limits) as gateway, gateway.connect() as socket:
        message = await socket.receive(timeout=30)
        assert (message.type, message.data, message.extra) == (aiohttp.WSMsgType.CLOSE, 1001, "Going away")
        [event] = await gateway.functions.wait_for("disconnect")
        assert event["requestContext"]["disconnectStatusCode"] == 1001


async def test_traffic_in_either_direction_keeps_a_connection(serve: Any) -> None:
    async with serve() as gateway, gateway.connect() as socket:
        connection = gateway.connections.get(await gateway.connection_id())
        connection.last_active_at_ms -= 300_000
        before_ms = now_ms()
        await socket.send_str("from the client")
        await gateway.functions.wait_for("message")
        assert connection.last_active_at_ms >= before_ms
        connection.last_active_at_ms -= 300_000
        before_ms = now_ms()
        await gateway.connections.send(connection, b"to the client")
        assert connection.last_active_at_ms >= before_ms


async def test_traffic_postpones_the_end_of_an_idle_connection(serve: Any) -> None:
    limits = replace(GatewayLimits(), idle_seconds=1.5)
    async with serve(limits=limits) as gateway, gateway.connect() as socket:
        connection = gateway.connections.get(await gateway.connection_id())
        # As if traffic went on for a minute: the reader wakes after the idle time and must look again.
        connection.last_active_at_ms += 60_000
        with pytest.raises(TimeoutError):
            await socket.receive(timeout=2.0)
        assert not gateway.functions.of("disconnect")


async def test_a_connection_ends_at_its_greatest_age_however_busy(serve: Any) -> None:
    limits = replace(GatewayLimits(), lifetime_seconds=1.0)
    async with serve(limits=limits) as gateway, gateway.connect() as socket:
        async with asyncio.timeout(30):
            while not socket.closed:
                await socket.send_str("busy")
                try:
                    message = await socket.receive(timeout=0.05)
                except TimeoutError:
                    continue
                assert (message.type, message.data) == (aiohttp.WSMsgType.CLOSE, 1001)
        assert len(gateway.functions.of("message")) > 2


async def test_a_client_that_does_not_read_is_cut_off_and_blocks_nobody(serve: Any) -> None:
    limits = replace(GatewayLimits(), send_buffer_bytes=256 * KIB)
    async with serve(limits=limits) as gateway, gateway.connect() as stuck, gateway.connect() as reader:
        first, second = await gateway.functions.wait_for("connect", 2)
        stuck._response.connection.transport.pause_reading()
        target = gateway.connections.get(first["requestContext"]["connectionId"])
        other = gateway.connections.get(second["requestContext"]["connectionId"])
        with pytest.raises(GoneError):
            for _ in range(2000):
                await gateway.connections.send(target, b"x" * 32 * KIB)
        await gateway.connections.send(other, b"for you")
        assert await reader.receive_str(timeout=30) == "for you"
        [event] = await gateway.functions.wait_for("disconnect")
        assert event["requestContext"]["connectionId"] == first["requestContext"]["connectionId"]
        assert event["requestContext"]["disconnectStatusCode"] == 1006
        stuck._response.connection.transport.abort()


async def test_events_in_flight_of_one_connection_are_bounded(serve: Any) -> None:
    release = asyncio.Event()

    async def behave(event: dict[str, Any]) -> None:
        await release.wait()

    limits = replace(GatewayLimits(), events_in_flight=3)
    async with serve(limits=limits) as gateway, gateway.connect() as socket:
        gateway.functions.behaviours["message"] = behave
        for number in range(6):
            await socket.send_str(str(number))
        await gateway.functions.wait_for("message", 3)
        await asyncio.sleep(0.1)  # for a fourth one, if the limit did not hold
        assert len(gateway.functions.of("message")) == 3
        release.set()
        await gateway.functions.wait_for("message", 6)
