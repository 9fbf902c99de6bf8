"""What a password may be, and the salted hash that is stored of one."""

import hashlib
import hmac
import os
import unicodedata
from base64 import b64decode, b64encode
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from chalicelib.domain.text import name_key
from chalicelib.errors import Invalid

MIN_PASSWORD_LENGTH = 10
MAX_PASSWORD_LENGTH = 128
# NFKC makes one character of several at most, or eighteen of one: what is longer is refused unread.
_MAX_GIVEN_LENGTH = 4 * MAX_PASSWORD_LENGTH

# What OWASP recommends for scrypt: 2^17 rounds over blocks of 8, one after the other, in 128 MiB.
LOG_COST, _BLOCK_SIZE, _PARALLEL = 17, 8, 1
# OpenSSL needs a little beside the 128 bytes for each round and each unit of the block.
_MORE_MEMORY_BYTES = 2**20
_SALT_BYTES, _HASH_BYTES = 16, 32
_SCHEME = "scrypt"

# Of the passwords that are tried first, those that are long enough for the rule above, in small letters. One
# character, and a row of digits or letters, are found by what they are.
_COMMON = frozenset(
    """
    1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc 1qazxsw2 qazwsxedcrfv qwertyuiop qwertyuiop123
    qwertyuiopasdfghjkl qwerty12345 qwerty123456 qwerty1234 asdfghjkl123 asdfghjkl; zxcvbnm123
    zxcvbnm,./ 1234qwerasdf q1w2e3r4t5 q1w2e3r4t5y6 password12 password123 password1234 password12345
    password123456 passw0rd123 p@ssw0rd123 p@ssword123 passwordpassword mypassword mypassword1
    thepassword newpassword changeme123 changeit123 letmein123 letmein1234 welcome123 welcome1234
    iloveyou12 iloveyou123 iloveyou1234 iloveyou2 ilovejesus administrator administrator1 admin12345
    admin123456 adminadmin superman123 batman12345 football123 football12 baseball123 basketball
    basketball1 volleyball liverpool1 liverpool123 manchester manchester1 chelsea123 barcelona1
    princess123 sunshine123 sunshine12 dragon12345 monkey12345 michael123 charlie123 jennifer123
    christopher trustno1trustno1 starwars123 pokemon123 minecraft1 minecraft123 computer123 internet123
    whatever123 abc1234567 abcd123456 abcde12345 abcdefghij abcdefghijk abcdef123456 a123456789
    a1234567890 aa12345678 aa123456789 1234567890a 123456789a 1234567890q 123456789q 0987654321
    1234554321 1029384756 1122334455 112233445566 123123123123 1231231234 1212121212 0102030405
    1357924680 147258369a 159357159357 7894561230 9876543210 987654321a qweasdzxc123 undertone123
    undertone1234 secret12345 secretsecret testtest123 test123456 test1234567 hallohallo passwort123
    passwort1234 geheim12345 contrasena contraseña contraseña123 contrasena123 tequiero123
    correcthorsebatterystaple
    """.split()  # noqa: SIM905 # a word each would be a hundred lines
)


class StoredPassword(NamedTuple):
    """What is stored of somebody's password: its hash as text, and since when it is (ms since the epoch)."""

    hashed: str
    since: int


class Standing(NamedTuple):
    """Whether somebody keeps their name with a password, and whether they must give that to change it."""

    kept: bool
    current_needed: bool


def prepared(value: object) -> str:
    """Return a password as it is compared, or raise `Invalid` if it is none.

    That is NFKC, so that it does not matter on which keyboard it was typed, and otherwise RFC 8265's
    OpaqueString: case, spaces and everything else stay as they are.
    """
    if not isinstance(value, str) or not 1 <= len(value) <= _MAX_GIVEN_LENGTH:
        raise Invalid(f"password must be a text of {MIN_PASSWORD_LENGTH} to {MAX_PASSWORD_LENGTH} characters")
    return unicodedata.normalize("NFKC", value)


def check_password(value: object, name: str) -> str:
    """Return a new password of somebody with this name as it is compared, or raise `Invalid`."""
    password = prepared(value)
    if not MIN_PASSWORD_LENGTH <= len(password) <= MAX_PASSWORD_LENGTH:
        raise Invalid(
            f"password has {len(password)} characters: "
            f"it must have {MIN_PASSWORD_LENGTH} to {MAX_PASSWORD_LENGTH}"
        )
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in password):
        raise Invalid("password has a control character or a lone surrogate: use what can be typed anywhere")
    if name_key(password) == name_key(name):
        raise Invalid("password is your name, which everybody knows: use another one")
    if _is_common(password.casefold()):
        raise Invalid(
            "password is one of the commonest, which are tried first: use several words, for example"
        )
    return password


def _is_common(password: str) -> bool:
    if password in _COMMON or len(set(password)) == 1:
        return True
    steps = {ord(after) - ord(before) for before, after in pairwise(password)}
    return steps in ({1}, {-1}) or (password.isdigit() and steps <= {1, -9})


@dataclass(frozen=True, slots=True)
class PasswordHash:
    """A hash with its salt and with what it cost, so that a later version may charge more for new ones."""

    log_cost: int
    block_size: int
    parallel: int
    salt: bytes
    hashed: bytes

    @classmethod
    def of(cls, password: str, log_cost: int = LOG_COST) -> "PasswordHash":
        """Return the hash of a prepared password, with a random salt."""
        blank = cls(log_cost, _BLOCK_SIZE, _PARALLEL, os.urandom(_SALT_BYTES), b"")
        return cls(log_cost, _BLOCK_SIZE, _PARALLEL, blank.salt, blank._hash(password))

    @classmethod
    def of_nobody(cls, log_cost: int = LOG_COST) -> "PasswordHash":
        """Return one that no password has: to compare with it takes as long as with any other."""
        return cls(log_cost, _BLOCK_SIZE, _PARALLEL, bytes(_SALT_BYTES), b"")

    @classmethod
    def parse(cls, text: str) -> "PasswordHash":
        """Read what `str` wrote; raise `ValueError` if it is not a hash."""
        scheme, *parts = text.split(":")
        if scheme != _SCHEME or len(parts) != 5:
            raise ValueError(f"a hash of a password is {_SCHEME}:COST:BLOCK:PARALLEL:SALT:HASH")
        salt, hashed = (b64decode(part, validate=True) for part in parts[3:])
        return cls(int(parts[0]), int(parts[1]), int(parts[2]), salt, hashed)

    def __str__(self) -> str:
        numbers = (self.log_cost, self.block_size, self.parallel)
        texts = (b64encode(self.salt).decode(), b64encode(self.hashed).decode())
        return ":".join((_SCHEME, *map(str, numbers), *texts))

    def admits(self, password: str) -> bool:
        """Whether somebody knows the password; how long it takes does not depend on what was given."""
        return hmac.compare_digest(self._hash(password), self.hashed)

    def _hash(self, password: str) -> bytes:
        memory = 128 * self.block_size * (2**self.log_cost + self.parallel) + _MORE_MEMORY_BYTES
        return hashlib.scrypt(
            password.encode("utf-8", "surrogatepass"),
            salt=self.salt,
            n=2**self.log_cost,
            r=self.block_size,
            p=self.parallel,
            maxmem=memory,
            dklen=_HASH_BYTES,
        )
