"""A network that is far away: a TCP proxy on loopback that delays as distance does."""

import asyncio
from contextlib import suppress
from types import TracebackType
from typing import Self

# TCP begins with ten segments on their way, and with each that is confirmed another one (RFC 6928, RFC 5681).
FIRST_WINDOW_BYTES = 10 * 1460
CHUNK_BYTES = 16 * 1024


class FarAway:
    """Stands before a port of this machine; a round trip takes as long as is said, a new connection one more.

    Parameters
    ----------
    port
        Where the server is.
    round_trip_seconds
        From a request to the first byte of an answer that took no time.
    """

    def __init__(self, port: int, round_trip_seconds: float) -> None:
        self._server_port = port
        self._round_trip_seconds = round_trip_seconds
        self.port = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(self._round_trip_seconds)  # the handshake of TCP
        to_server, into_server = await asyncio.open_connection("127.0.0.1", self._server_port)
        ways = (_Way(reader, into_server), _Way(to_server, writer))
        await asyncio.gather(*(way.carry(self._round_trip_seconds) for way in ways))


class _Way:
    """One direction of a connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._free_bytes = FIRST_WINDOW_BYTES
        self._confirmed = asyncio.Event()
        self._under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

    async def carry(self, round_trip_seconds: float) -> None:
        """Carry everything to the other end, until one of them closes."""
        clock = asyncio.get_running_loop()
        arriving = asyncio.create_task(self._arrive())
        with suppress(ConnectionError):
            while data := await self._next():
                self._free_bytes -= len(data)
                clock.call_later(round_trip_seconds, self._confirm, len(data))
                self._under_way.put_nowait((clock.time() + round_trip_seconds / 2, data))
        self._under_way.put_nowait((clock.time() + round_trip_seconds / 2, b""))
        await arriving

    async def _next(self) -> bytes:
        while self._free_bytes <= 0:
            self._confirmed.clear()
            await self._confirmed.wait()
        return await self._reader.read(min(CHUNK_BYTES, self._free_bytes))

    def _confirm(self, count: int) -> None:
        self._free_bytes += 2 * count
        self._confirmed.set()

    async def _arrive(self) -> None:
        clock = asyncio.get_running_loop()
        with suppress(ConnectionError):
            while True:
                at, data = await self._under_way.get()
                await asyncio.sleep(max(0.0, at - clock.time()))
                if not data:
                    break
                self._writer.write(data)
        self._writer.close()
