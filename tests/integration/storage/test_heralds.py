"""What is told outside of a turn of the mood: a real topic on the emulator, and a webhook over HTTP."""

import json
import logging
from collections.abc import Iterator

import pytest

from chalicelib.adapters.aws import Aws
from chalicelib.adapters.heralds import TopicAndWebhook
from chalicelib.domain.events import MoodTurned
from chalicelib.metrics import Metric
from testkit.fakes import CountedMetrics
from testkit.push_service import PushService

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


@pytest.fixture
def webhook() -> Iterator[PushService]:
    with PushService().running() as taking:
        taking.location = "/elsewhere"
        yield taking


@pytest.fixture
def aws(moto_url: str, monkeypatch: pytest.MonkeyPatch) -> Aws:
    monkeypatch.setenv("AWS_ENDPOINT_URL_SNS", moto_url)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    return Aws("us-east-1")


def test_a_turn_reaches_who_subscribed_to_the_topic_and_the_webhook(
    aws: Aws, moto_url: str, webhook: PushService
) -> None:
    sns, sqs = client("sns", moto_url), client("sqs", moto_url)
    topic = sns.create_topic(Name="undertone-test-moods")["TopicArn"]
    queue = sqs.create_queue(QueueName="turns")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    metrics = CountedMetrics()
    TopicAndWebhook(aws, topic, f"{webhook.origin}/secret", metrics).tell(TURN, "Tee & Küche")
    [message] = sqs.receive_message(QueueUrl=queue)["Messages"]
    published = json.loads(message["Body"])
    assert json.loads(published["Message"]) == NOTICE
    assert published["Subject"] == "The mood in tea is cooler than usual"
    [posted] = webhook.pushes
    assert (posted.path, posted.headers["content-type"]) == ("/secret", "application/json")
    assert json.loads(posted.body) == NOTICE
    assert not metrics.counted


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_webhook_that_refuses_is_counted_and_its_address_is_not_logged(
    aws: Aws, webhook: PushService, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    webhook.statuses["/secret"] = status
    metrics = CountedMetrics()
    with caplog.at_level(logging.WARNING):
        TopicAndWebhook(aws, "", f"{webhook.origin}/secret", metrics).tell(TURN, "Tea")
    assert len(webhook.pushes) == 1, "a redirect leads nowhere, and nothing is tried twice"
    assert metrics.counted[Metric.TURNS_UNTOLD] == 1
    [line] = [record for record in caplog.records if record.name.startswith("chalicelib")]
    assert str(status) in vars(line)["problem"]
    assert "secret" not in f"{line.getMessage()} {vars(line)}"


def test_neither_a_missing_topic_nor_a_dead_webhook_keeps_the_other_from_hearing(
    aws: Aws, webhook: PushService, caplog: pytest.LogCaptureFixture
) -> None:
    metrics = CountedMetrics()
    missing = "arn:aws:sns:us-east-1:123456789012:no-such-topic"
    TopicAndWebhook(aws, missing, f"{webhook.origin}/secret", metrics).tell(TURN, "Tea")
    assert (len(webhook.pushes), metrics.counted[Metric.TURNS_UNTOLD]) == (1, 1)
    with caplog.at_level(logging.WARNING):
        TopicAndWebhook(aws, "", "http://127.0.0.1:9/secret", metrics).tell(TURN, "Tea")
    assert metrics.counted[Metric.TURNS_UNTOLD] == 2
    assert "secret" not in str([vars(record) for record in caplog.records if "chalicelib" in record.name])


def test_without_either_nobody_is_told(aws: Aws) -> None:
    metrics = CountedMetrics()
    TopicAndWebhook(aws, "", "", metrics).tell(TURN, "Tea")
    assert not metrics.counted
