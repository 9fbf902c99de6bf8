"""The keys that sign tokens, of which a new one follows an old one."""

from dataclasses import dataclass

KEYS_KNOWN_SECONDS = 120
"""How long a function uses the keys that it knows before it reads them again."""

KEY_REST_SECONDS = 300
"""How long a new key signs nothing, so that every function knows it before the first token that it signs."""


@dataclass(frozen=True, slots=True)
class TokenKeys:
    """The newest key, the one before it, and when the newest was made (seconds since the epoch).

    Both are valid. Without an earlier key, ``before`` is empty.
    """

    newest: str
    before: str = ""
    rotated: int = 0

    @property
    def valid(self) -> tuple[str, ...]:
        """Return the keys with which a token may be signed."""
        return (self.newest, self.before) if self.before else (self.newest,)

    def signing(self, now: int) -> str:
        """Return the key that signs at a time (seconds since the epoch)."""
        return self.before if self.before and now < self.rotated + KEY_REST_SECONDS else self.newest

    def followed_by(self, newest: str, now: int) -> "TokenKeys":
        """Return the keys after a rotation: of the present ones, the newest stays valid."""
        return TokenKeys(newest, self.newest, now)
