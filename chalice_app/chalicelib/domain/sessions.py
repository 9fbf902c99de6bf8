"""Who is signed in, and until when."""

from dataclasses import dataclass
from datetime import UTC, datetime

from chalicelib.domain.messages import User


@dataclass(frozen=True, slots=True)
class Session:
    """A signed token, whom it names, and when it expires (seconds since the epoch)."""

    token: str
    user: User
    expires: int

    @property
    def expires_at(self) -> str:
        """Return the end of the session in ISO 8601."""
        return datetime.fromtimestamp(self.expires, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
