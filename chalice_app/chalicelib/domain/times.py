"""Times as the protocol writes them."""

from datetime import UTC, datetime


def timestamp(milliseconds: int) -> str:
    """Return a time since the epoch in ISO 8601 with milliseconds."""
    moment = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
