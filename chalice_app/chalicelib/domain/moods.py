"""Sentiments summed up over spans of time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.messages import Message

BUCKETS = 30
_MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class Bucket:
    """The moods of one span; times in milliseconds since the epoch, `mean` None where nothing was said."""

    begin: int
    end: int
    count: int
    mean: float | None
    negative: int
    neutral: int
    positive: int


def buckets(messages: Iterable[Message], begin: int, end: int) -> list[Bucket]:
    """Return at most `BUCKETS` buckets of whole minutes that cover the time from `begin` to `end`."""
    width = max(_MINUTE, -(-(end - begin) // BUCKETS // _MINUTE) * _MINUTE)
    starts = range(begin, end, width)
    spans: list[list[Message]] = [[] for _ in starts]
    for message in messages:
        place = (_milliseconds(message.sent_at) - begin) // width
        if 0 <= place < len(spans):
            spans[place].append(message)
    return [_bucket(start, min(start + width, end), span) for start, span in zip(starts, spans, strict=True)]


def _bucket(begin: int, end: int, messages: list[Message]) -> Bucket:
    moods = [message.sentiment for message in messages if message.sentiment is not None]
    labels = [mood.label for mood in moods]
    mean = round(sum(mood.score for mood in moods) / len(moods), 4) if moods else None
    counts = (labels.count("negative"), labels.count("neutral"), labels.count("positive"))
    return Bucket(begin, end, len(moods), mean, *counts)


def _milliseconds(time: str) -> int:
    return round(datetime.fromisoformat(time).timestamp() * 1000)
