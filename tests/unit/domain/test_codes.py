"""The access code and its hash."""

import pytest

from chalicelib.domain.codes import HashedCode
from chalicelib.errors import SettingsError
from chalicelib.settings import Settings

TABLES = {"CONNECTIONS_TABLE": "c", "MESSAGES_TABLE": "m"}


@pytest.mark.parametrize("code", ["sesame", "", "pa:ss", "ünï", "\ud800", "x" * 1000])
def test_a_hash_admits_its_code_alone(code: str) -> None:
    read = HashedCode.parse(str(HashedCode.of(code)))
    assert read.admits(code)
    assert not read.admits(code + "x")
    assert not read.admits("sesam")


def test_two_hashes_of_a_code_differ_and_hold_nothing_of_it() -> None:
    one, other = (str(HashedCode.of("sesame")) for _ in range(2))
    assert one != other
    assert "sesame" not in one


@pytest.mark.parametrize("text", ["sesame", "scrypt:x", "scrypt:a:b:c", "bcrypt:YQ==:YQ==", "scrypt:%:YQ=="])
def test_what_is_no_hash_is_refused_without_being_said(text: str) -> None:
    with pytest.raises(SettingsError, match="ACCESS_CODE_HASH cannot be read") as refused:
        Settings.from_environ({**TABLES, "ACCESS_CODE_HASH": text + "-and-more"})
    assert "and-more" not in str(refused.value)


def test_the_environment_has_the_code_as_a_hash_or_in_clear_or_not_at_all() -> None:
    hashed = {"ACCESS_CODE_HASH": str(HashedCode.of("sesame"))}
    for given in (hashed, {"ACCESS_CODE": "sesame"}):
        found = Settings.from_environ(TABLES | given).access_code
        assert found is not None
        assert found.admits("sesame")
    assert Settings.from_environ(TABLES | {"ACCESS_CODE": ""}).access_code is None
