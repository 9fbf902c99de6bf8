"""What a password may be, and the hash of one."""

import pytest

from chalicelib.domain.passwords import (
    LOG_COST,
    MAX_PASSWORD_LENGTH,
    PasswordHash,
    check_password,
    prepared,
)
from chalicelib.errors import Invalid
from testkit.memory.passwords import LOG_COST as CHEAP


@pytest.mark.parametrize(
    "password",
    ["five green geese", " begins and ends ", "péñgüin 🐧🐧🐧", "ぱすわーどですよねそうです", "x7" * 64],
)
def test_what_somebody_thinks_of_passes_as_it_is(password: str) -> None:
    assert check_password(password, "Ada") == password


@pytest.mark.parametrize(
    ("password", "why"),
    [
        (None, "must be a text"),
        (1234567890123, "must be a text"),
        ("", "must be a text"),
        ("x" * 5_000, "must be a text"),
        ("nine char", "has 9 characters"),
        ("x7" * 64 + "y", "has 129 characters"),
        ("tab\tulator and more", "control"),
        ("a lone \ud800 surrogate", "surrogate"),
        ("Password123", "commonest"),
        ("aaaaaaaaaaaa", "commonest"),
        ("1234567890", "commonest"),
        ("34567890123", "commonest"),
        ("9876543210", "commonest"),
        ("abcdefghijkl", "commonest"),
    ],
)
def test_what_cannot_be_one_is_refused_with_the_reason(password: object, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        check_password(password, "Ada")


@pytest.mark.parametrize("password", ["Ada Lovelace", "ADA LOVELACE", "Ａｄａ Ｌｏｖｅｌａｃｅ"])
def test_nobody_has_their_name_as_password(password: str) -> None:
    with pytest.raises(Invalid, match="your name"):
        check_password(password, "Ada Lovelace")


def test_it_does_not_matter_on_which_keyboard_it_is_typed_but_case_and_spaces_do() -> None:
    known = PasswordHash.of(prepared("ｃａｆé au lait"), CHEAP)  # wide, and é as one character
    assert known.admits(prepared("cafe\u0301\u00a0au\u3000lait"))
    for other in ("Café au lait", "café au lait ", "cafe au lait"):
        assert not known.admits(prepared(other))


def test_a_hash_is_salted_and_says_what_it_cost() -> None:
    one, other = (PasswordHash.of("five green geese", CHEAP) for _ in range(2))
    assert one.hashed != other.hashed
    assert str(one).startswith(f"scrypt:{CHEAP}:8:1:")
    read = PasswordHash.parse(str(one))
    assert read == one
    assert read.admits("five green geese")
    assert not PasswordHash.of_nobody(CHEAP).admits("five green geese")


@pytest.mark.parametrize("text", ["", "scrypt:4:8:1:AAAA", "md5:4:8:1:AAAA:AAAA", "scrypt:x:8:1:AAAA:AAAA"])
def test_what_is_no_hash_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"hash of a password|invalid literal"):
        PasswordHash.parse(text)


def test_the_memory_that_a_hash_needs_is_asked_for() -> None:
    assert 2**LOG_COST * 8 * 128 == 128 * 2**20  # what the documents say, and what the function has room for
    assert PasswordHash.of("x" * MAX_PASSWORD_LENGTH).admits("x" * MAX_PASSWORD_LENGTH)
