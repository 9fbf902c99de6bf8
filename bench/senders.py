"""Three ways to post a frame to many connections: what is common, what is next, and ours."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import boto3
from botocore.config import Config
from botocore.credentials import Credentials

from chalicelib.adapters.poster import Poster
from chalicelib.adapters.poster.poster import MAX_HTTP_CONNECTIONS

THREADS = 64
REGION = "eu-west-1"
ACCESS_KEY, SECRET_KEY = "AKIDEXAMPLE", "not-a-secret"
MAX_BROADCAST_SECONDS = 120.0

Sender = Callable[[Sequence[str], bytes], int]
"""Posts one frame to each connection and returns how many were accepted."""


def _client(url: str, connections: int) -> Any:
    return boto3.client(
        "apigatewaymanagementapi",
        endpoint_url=url,
        region_name=REGION,
        aws_access_key_id=ACCESS_KEY,
        aws_secret_access_key=SECRET_KEY,
        config=Config(max_pool_connections=connections, retries={"total_max_attempts": 1}),
    )


def serial(url: str) -> Sender:
    """Return a sender that calls boto3 for one connection after another, as the public samples do."""
    client = _client(url, 1)

    def send(ids: Sequence[str], frame: bytes) -> int:
        for connection_id in ids:
            client.post_to_connection(ConnectionId=connection_id, Data=frame)
        return len(ids)

    return send


def threads(url: str) -> Sender:
    """Return a sender that calls boto3 in a thread pool that lives as long as the client."""
    client = _client(url, THREADS)
    pool = ThreadPoolExecutor(THREADS)

    def send(ids: Sequence[str], frame: bytes) -> int:
        def one(connection_id: str) -> None:
            client.post_to_connection(ConnectionId=connection_id, Data=frame)

        return sum(1 for _ in pool.map(one, ids))

    return send


def ours(url: str, *, max_http_connections: int = MAX_HTTP_CONNECTIONS) -> Sender:
    """Return a sender that uses the poster of the application."""
    credentials = Credentials(ACCESS_KEY, SECRET_KEY)
    poster = Poster(url, credentials=credentials, region=REGION, max_http_connections=max_http_connections)

    def send(ids: Sequence[str], frame: bytes) -> int:
        return poster.post(ids, [frame], deadline=time.monotonic() + MAX_BROADCAST_SECONDS).delivered

    return send
