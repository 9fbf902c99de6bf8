"""What is told outside of a turn of the mood: a real topic on the emulator, and a webhook over HTTP."""

import json
import logging
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from chalicelib.adapters.aws import Aws
from chalicelib.adapters.heralds import TopicAndWebhook
from chalicelib.domain.events import MoodTurned
from chalicelib.metrics import Metric
from testkit.fakes import CountedMetrics

from .conftest import client

TURN = MoodTurned("tea", -0.31234, 0.2, 1_764_000_000_000, "cooler")
NOTICE = {
    "event": "mood",
    "room": "tea",
    "title": "Tee & Küche",
    "mean": -0.3123,
    "usual": 0.2,
    "since": "2025-11-24T16:00:00.000Z",
    "direction": "cooler",
    "text": "The mood in Tee & Küche is cooler than usual since 16:00 UTC: -0.31 on a scale from -1 to 1, "
    "usually +0.20.",
}


class Webhook(HTTPServer):
    """Takes what is posted; `status` is its answer."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 200
        self.taken: list[tuple[str, dict[str, Any]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/secret"


class _Handler(BaseHTTPRequestHandler):
    server: Webhook

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.taken.append((self.headers["Content-Type"], body))
        self.send_response(self.server.status)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        return


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    server = Webhook()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def aws(moto_url: str, monkeypatch: pytest.MonkeyPatch) -> Aws:
    monkeypatch.setenv("AWS_ENDPOINT_URL_SNS", moto_url)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    return Aws("us-east-1")


def test_a_turn_reaches_who_subscribed_to_the_topic_and_the_webhook(
    aws: Aws, moto_url: str, webhook: Webhook
) -> None:
    sns, sqs = client("sns", moto_url), client("sqs", moto_url)
    topic = sns.create_topic(Name="undertone-test-moods")["TopicArn"]
    queue = sqs.create_queue(QueueName="turns")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    metrics = CountedMetrics()
    TopicAndWebhook(aws, topic, webhook.url, metrics).tell(TURN, "Tee & Küche")
    [message] = sqs.receive_message(QueueUrl=queue)["Messages"]
    published = json.loads(message["Body"])
    assert json.loads(published["Message"]) == NOTICE
    assert published["Subject"] == "The mood in tea is cooler than usual"
    assert webhook.taken == [("application/json", NOTICE)]
    assert not metrics.counted


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_webhook_that_refuses_is_counted_and_its_address_is_not_logged(
    aws: Aws, webhook: Webhook, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    webhook.status = status
    metrics = CountedMetrics()
    with caplog.at_level(logging.WARNING):
        TopicAndWebhook(aws, "", webhook.url, metrics).tell(TURN, "Tea")
    assert len(webhook.taken) == 1, "a redirect leads nowhere, and nothing is tried twice"
    assert metrics.counted[Metric.TURNS_UNTOLD] == 1
    [line] = [record for record in caplog.records if record.name.startswith("chalicelib")]
    assert str(status) in vars(line)["problem"]
    assert "secret" not in f"{line.getMessage()} {vars(line)}"


def test_neither_a_missing_topic_nor_a_dead_webhook_keeps_the_other_from_hearing(
    aws: Aws, webhook: Webhook, caplog: pytest.LogCaptureFixture
) -> None:
    metrics = CountedMetrics()
    missing = "arn:aws:sns:us-east-1:123456789012:no-such-topic"
    TopicAndWebhook(aws, missing, webhook.url, metrics).tell(TURN, "Tea")
    assert (len(webhook.taken), metrics.counted[Metric.TURNS_UNTOLD]) == (1, 1)
    with caplog.at_level(logging.WARNING):
        TopicAndWebhook(aws, "", "http://127.0.0.1:9/secret", metrics).tell(TURN, "Tea")
    assert metrics.counted[Metric.TURNS_UNTOLD] == 2
    assert "secret" not in str([vars(record) for record in caplog.records if "chalicelib" in record.name])


def test_without_either_nobody_is_told(aws: Aws) -> None:
    metrics = CountedMetrics()
    TopicAndWebhook(aws, "", "", metrics).tell(TURN, "Tea")
    assert not metrics.counted
