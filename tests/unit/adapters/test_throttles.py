"""What DynamoDB refuses for being too much is counted, though botocore repeats it and succeeds."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import boto3
import pytest
from botocore.config import Config

from chalicelib.adapters.aws import count_throttles
from chalicelib.metrics import Metric
from testkit.fakes import CountedMetrics

CONFIG = Config(retries={"mode": "standard", "total_max_attempts": 3})
THROTTLED = {"__type": "com.amazonaws.dynamodb.v20120810#ThrottlingException", "message": "slow down"}
CANCELLED = {
    "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
    "message": "cancelled",
    "CancellationReasons": [{"Code": "None"}, {"Code": "ThrottlingError"}],
}


@contextmanager
def answering(*answers: dict[str, Any]) -> Iterator[str]:
    """Serve these answers one after the other, errors with status 400; yield the address."""
    left = list(answers)

    class Storage(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            answer = left.pop(0)
            body = json.dumps(answer).encode()
            self.send_response(400 if "__type" in answer else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Storage)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def client(url: str, metrics: CountedMetrics) -> Any:
    made = boto3.client(
        "dynamodb",
        region_name="us-east-1",
        endpoint_url=url,
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=CONFIG,
    )
    count_throttles(made, metrics)
    return made


def test_a_throttled_request_that_succeeds_when_it_is_repeated_is_counted() -> None:
    metrics = CountedMetrics()
    with answering(THROTTLED, {"Item": {}}) as url:
        client(url, metrics).get_item(TableName="t", Key={"pk": {"S": "a"}})
    assert metrics.counted[Metric.STORAGE_THROTTLES] == 1


def test_a_transaction_that_a_throttle_cancels_is_counted() -> None:
    metrics = CountedMetrics()
    with answering(CANCELLED) as url:
        storage = client(url, metrics)
        with pytest.raises(storage.exceptions.TransactionCanceledException):
            storage.transact_write_items(
                TransactItems=[{"Delete": {"TableName": "t", "Key": {"pk": {"S": "a"}}}}]
            )
    assert metrics.counted[Metric.STORAGE_THROTTLES] == 1


def test_other_answers_are_not_counted() -> None:
    metrics = CountedMetrics()
    with answering({"Item": {}}) as url:
        client(url, metrics).get_item(TableName="t", Key={"pk": {"S": "a"}})
    assert Metric.STORAGE_THROTTLES not in metrics.counted
