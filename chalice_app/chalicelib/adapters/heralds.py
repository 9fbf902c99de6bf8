"""Tells the world outside that the mood of a room has turned: a topic of SNS, and a webhook."""

import json
import logging
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import urllib3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.adapters.aws import Aws
from chalicelib.domain.events import MoodTurned
from chalicelib.metrics import Metric, Metrics
from chalicelib.protocol.events import frames

logger = logging.getLogger(__name__)

_TIMEOUT = urllib3.Timeout(connect=2, read=3)
_SNS = Config(connect_timeout=2, read_timeout=3, retries={"mode": "standard", "total_max_attempts": 2})
_SUBJECT_LENGTH = 100  # SNS takes no more
_FIRST_FAILURE = 300


class TopicAndWebhook:
    """The port `Heralds`: either may be empty, and then nobody is told there."""

    def __init__(self, aws: Aws, topic: str, webhook: str, metrics: Metrics) -> None:
        self._aws = aws
        self._topic = topic
        self._webhook = webhook
        self._metrics = metrics
        self._http = urllib3.PoolManager()

    def tell(self, turn: MoodTurned, title: str) -> None:
        """Tell both; one that fails does not keep the other from hearing."""
        told = notice(turn, title)
        if self._topic:
            self._publish(told)
        if self._webhook:
            self._post(told)

    @cached_property
    def _client(self) -> Any:
        return self._aws.client("sns", _SNS)

    def _publish(self, told: dict[str, Any]) -> None:
        subject = _subject(told)
        try:
            self._client.publish(TopicArn=self._topic, Subject=subject, Message=json.dumps(told))
        except (BotoCoreError, ClientError) as error:
            self._failed("topic", str(error))

    def _post(self, told: dict[str, Any]) -> None:
        try:
            # An address that a redirect leads to was chosen by nobody here.
            answer = self._http.request(
                "POST",
                self._webhook,
                body=json.dumps(told).encode(),
                headers={"Content-Type": "application/json"},
                timeout=_TIMEOUT,
                retries=False,
                redirect=False,
            )
        except urllib3.exceptions.HTTPError as error:
            # Its words have the address, whose path is often a secret.
            self._failed("webhook", type(error).__name__)
            return
        if answer.status >= _FIRST_FAILURE:
            self._failed("webhook", f"it answered {answer.status}")

    def _failed(self, where: str, problem: str) -> None:
        self._metrics.count(Metric.TURNS_UNTOLD)
        logger.warning("a turn of a room's mood was not told", extra={"where": where, "problem": problem})


def notice(turn: MoodTurned, title: str) -> dict[str, Any]:
    """Return the event as clients get it, with the room's title and a sentence for people, in `text`.

    Chats that take webhooks, such as Slack and Mattermost, show `text`.
    """
    [frame] = frames(turn)
    since = f"{datetime.fromtimestamp(turn.since / 1000, UTC):%H:%M}"
    text = (
        f"The mood in {title} is {turn.direction} than usual since {since} UTC: "
        f"{turn.mean:+.2f} on a scale from -1 to 1, usually {turn.usual:+.2f}."
    )
    return {**json.loads(frame), "title": title, "text": text}


def _subject(told: dict[str, Any]) -> str:
    """Return a subject in ASCII without line breaks, which is all that SNS takes."""
    room = told["room"][: _SUBJECT_LENGTH // 2]
    return f"The mood in {room} is {told['direction']} than usual"
