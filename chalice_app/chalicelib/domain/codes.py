"""A code that people must know, of which a deployment knows only a salted hash."""

import hashlib
import hmac
import os
from base64 import b64decode, b64encode
from dataclasses import dataclass

# scrypt with 4 MiB: some ten milliseconds for each attempt, of which an address has ten in five minutes.
_COST, _BLOCK_SIZE = 2**12, 8
_SALT_BYTES, _HASH_BYTES = 16, 32
_SCHEME = "scrypt"


@dataclass(frozen=True, slots=True)
class HashedCode:
    """What people must know to sign in, or to be an admin."""

    salt: bytes
    hashed: bytes

    @classmethod
    def of(cls, code: str) -> "HashedCode":
        """Return the hash of a code with a random salt."""
        salt = os.urandom(_SALT_BYTES)
        return cls(salt, _hash(code, salt))

    @classmethod
    def parse(cls, text: str) -> "HashedCode":
        """Read what `str` wrote.

        Raises
        ------
        ValueError
            It is not a hash.
        """
        scheme, *parts = text.split(":")
        if scheme != _SCHEME or len(parts) != 2:
            raise ValueError(f"a hash is {_SCHEME}:SALT:HASH, not {text[:6]}…")
        return cls(*(b64decode(part, validate=True) for part in parts))

    def __str__(self) -> str:
        return ":".join((_SCHEME, b64encode(self.salt).decode(), b64encode(self.hashed).decode()))

    def admits(self, given: str) -> bool:
        """Whether somebody knows the code; how long it takes does not depend on what was given."""
        return hmac.compare_digest(_hash(given, self.salt), self.hashed)


def _hash(code: str, salt: bytes) -> bytes:
    text = code.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(text, salt=salt, n=_COST, r=_BLOCK_SIZE, p=1, dklen=_HASH_BYTES)
