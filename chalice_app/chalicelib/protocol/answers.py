"""Bodies of the REST API's answers, and numbers in its queries."""

from collections.abc import Iterable, Mapping

from chalicelib.domain.moods import Bucket
from chalicelib.domain.rooms import RoomList
from chalicelib.domain.sessions import Session
from chalicelib.domain.times import timestamp
from chalicelib.errors import Invalid
from chalicelib.protocol.entries import Json, user
from chalicelib.protocol.limits import MAX_POSITION


def integer(query: Mapping[str, str], name: str, least: int, most: int = MAX_POSITION) -> int | None:
    """Return a whole number of a query, or None if it is missing."""
    text = query.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 16 and least <= int(text) <= most):
        raise Invalid(f"{name} is {text[:40]!a}: it must be a whole number from {least} to {most}")
    return int(text)


def session(made: Session) -> Json:
    """Return the answer to `POST /session`."""
    return {"token": made.token, "user": user(made.user), "expiresAt": made.expires_at}


def rooms(found: RoomList) -> Json:
    """Return the answer to `GET /rooms`."""
    lines = [{"room": r.room, "lastSeq": r.delivered, "online": r.online} for r in found.rooms]
    return {"rooms": lines, "more": found.more}


def mood(room: str, buckets: Iterable[Bucket]) -> Json:
    """Return the answer to `GET /rooms/{room}/mood`."""
    return {"room": room, "buckets": [_bucket(bucket) for bucket in buckets]}


def _bucket(bucket: Bucket) -> Json:
    return {
        "from": timestamp(bucket.begin),
        "to": timestamp(bucket.end),
        "count": bucket.count,
        "mean": bucket.mean,
        "negative": bucket.negative,
        "neutral": bucket.neutral,
        "positive": bucket.positive,
    }
