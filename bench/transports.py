"""Ways to carry the same signed requests: what the poster's own loop saves, and what it does not.

All three send what the poster's signer makes, over equally many kept-alive HTTP connections, so only the
transport differs.
"""

import argparse
import asyncio
import queue
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlsplit

from botocore.credentials import Credentials

from bench import machine, progress, senders
from bench.endpoint import EndpointProcess, Rules
from bench.fanout import Measured, broadcast, connection_ids
from bench.report import Report, Table
from chalicelib.adapters.poster.signing import Signer, quoted

HTTP_CONNECTIONS = 128
DELIVERIES = 3_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this bench."""
    parser.add_argument("--deliveries", type=int, default=DELIVERIES, help="of one broadcast")


def run(arguments: argparse.Namespace) -> Report:
    """Measure each transport with the same requests."""
    ids = connection_ids(arguments.deliveries)
    transports: dict[str, Callable[[str], senders.Sender]] = {
        f"http.client, {HTTP_CONNECTIONS} threads": http_client_threads,
        # "links": the names of the figures stay comparable with earlier runs.
        f"asyncio streams, {HTTP_CONNECTIONS} links": asyncio_streams,
        f"ours, {HTTP_CONNECTIONS} links": partial(senders.ours, max_http_connections=HTTP_CONNECTIONS),
    }
    measured: dict[str, Measured] = {}
    with machine.on_one_core() as (_, other), EndpointProcess(other) as endpoint:
        for name, make in transports.items():
            progress.show(name)
            send = make(endpoint.url)
            for _ in range(2):  # the first opens the connections
                measured[name] = broadcast(send, ids, endpoint, Rules())
    progress.show("")
    speed = {name: one.deliveries / one.seconds for name, one in measured.items()}
    cpu = {name: one.cpu / one.deliveries * 1e6 for name, one in measured.items()}
    rows = [[name, f"{speed[name]:,.0f}", f"{cpu[name]:,.0f}"] for name in measured]
    figures = {"deliveries_per_second": speed, "cpu_us_per_delivery": cpu}
    return Report(figures, [Table("The same requests", ["transport", "deliveries/s", "CPU µs each"], rows)])


def _requests(url: str) -> Callable[[Sequence[str], bytes], list[bytes]]:
    signer = Signer(url, Credentials(senders.ACCESS_KEY, senders.SECRET_KEY), senders.REGION)

    def make(ids: Sequence[str], frame: bytes) -> list[bytes]:
        signed = signer.sign([frame])[0]
        return [signed.request(quoted(connection_id)) for connection_id in ids]

    return make


def http_client_threads(url: str) -> senders.Sender:
    """Return a sender of threads that send ready bytes and read the response with ``http.client``."""
    where = urlsplit(url)
    make = _requests(url)
    pool = ThreadPoolExecutor(HTTP_CONNECTIONS)
    connections: queue.SimpleQueue[HTTPConnection] = queue.SimpleQueue()
    for _ in range(HTTP_CONNECTIONS):
        connection = HTTPConnection(where.hostname or "", where.port)
        connection.connect()
        connections.put(connection)

    def one(request: bytes) -> int:
        connection = connections.get()
        connection.sock.sendall(request)
        response = HTTPResponse(connection.sock, method="POST")
        response.begin()
        response.read()
        connections.put(connection)
        return response.status == 200

    return lambda ids, frame: sum(pool.map(one, make(ids, frame)))


def asyncio_streams(url: str) -> senders.Sender:
    """Return a sender whose event loop outlives broadcasts, with one task for each connection."""
    where = urlsplit(url)
    make = _requests(url)
    loop = asyncio.new_event_loop()

    async def connect() -> list[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        return [await asyncio.open_connection(where.hostname, where.port) for _ in range(HTTP_CONNECTIONS)]

    connections = loop.run_until_complete(connect())

    async def work(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, requests: list[bytes]) -> int:
        accepted = 0
        while requests:
            writer.write(requests.pop())
            head = await reader.readuntil(b"\r\n\r\n")
            accepted += head.startswith(b"HTTP/1.1 200")
        return accepted

    async def send(requests: list[bytes]) -> int:
        return sum(await asyncio.gather(*(work(*connection, requests) for connection in connections)))

    return lambda ids, frame: loop.run_until_complete(send(make(ids, frame)))
