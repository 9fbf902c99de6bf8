"""Sentiments summed up over spans of time."""

from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.domain.messages import Message
from chalicelib.domain.times import milliseconds

MAX_BUCKETS = 30
_MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Bucket:
    """The moods of one span; times in milliseconds since the epoch, `mean` None if nothing was said."""

    begin: int
    end: int
    count: int
    mean: float | None
    negative: int
    neutral: int
    positive: int


def buckets(messages: Iterable[Message], begin: int, end: int) -> list[Bucket]:
    """Return at most `MAX_BUCKETS` buckets of whole minutes that cover the time from `begin` to `end`."""
    width = max(_MINUTE_MS, -(-(end - begin) // MAX_BUCKETS // _MINUTE_MS) * _MINUTE_MS)
    starts = range(begin, end, width)
    spans: list[list[Message]] = [[] for _ in starts]
    for message in messages:
        index = (milliseconds(message.sent_at) - begin) // width
        if 0 <= index < len(spans):
            spans[index].append(message)
    return [_bucket(start, min(start + width, end), span) for start, span in zip(starts, spans, strict=True)]


def _bucket(begin: int, end: int, messages: list[Message]) -> Bucket:
    moods = [message.sentiment for message in messages if message.sentiment is not None]
    labels = [mood.label for mood in moods]
    mean = round(sum(mood.score for mood in moods) / len(moods), 4) if moods else None
    counts = (labels.count("negative"), labels.count("neutral"), labels.count("positive"))
    return Bucket(begin, end, len(moods), mean, *counts)
