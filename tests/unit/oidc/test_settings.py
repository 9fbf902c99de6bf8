"""The settings of the sign-in provider."""

import pytest

from chalicelib.errors import SettingsError
from chalicelib.settings import Settings

TABLES = {"CONNECTIONS_TABLE": "c", "MESSAGES_TABLE": "m"}
PROVIDER = {
    "OIDC_ISSUER": "https://id.example.org",
    "OIDC_CLIENT_ID": "undertone",
    "OIDC_MEMBERS": "@example.org",
}


def test_without_an_issuer_people_sign_in_by_name() -> None:
    settings = Settings.from_environ(TABLES)
    assert settings.oidc is None
    assert settings.name_sign_in


def test_with_a_provider_a_name_is_not_enough_unless_the_deployment_says_so() -> None:
    assert not Settings.from_environ(TABLES | PROVIDER).name_sign_in
    assert Settings.from_environ(TABLES | PROVIDER | {"NAME_SIGN_IN": "yes"}).name_sign_in
    assert not Settings.from_environ(TABLES | {"NAME_SIGN_IN": "no"}).name_sign_in


def test_what_is_not_set_has_a_default() -> None:
    chosen = Settings.from_environ(TABLES | PROVIDER).oidc
    assert chosen is not None
    assert (chosen.scope, chosen.session_hours) == ("openid profile email", 168)
    assert (chosen.client_secret, chosen.label) == ("", "your account")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"OIDC_CLIENT_ID": ""}, "OIDC_CLIENT_ID is not set"),
        ({"OIDC_MEMBERS": ""}, "OIDC_MEMBERS is not set: it says who may enter"),
        ({"OIDC_MEMBERS": "staff"}, "'staff' is no criterion"),
        ({"OIDC_ADMINS": "ada@"}, "'ada@' is no criterion"),
        ({"OIDC_ISSUER": "http://id.example.org"}, "must begin with https://"),
        ({"OIDC_ISSUER": "http://localhost.example.org"}, "must begin with https://"),
        ({"OIDC_SCOPE": "profile"}, "must contain openid"),
        ({"OIDC_SESSION_HOURS": "0"}, "must lie between"),
        ({"NAME_SIGN_IN": "maybe"}, "must be yes or no"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_named(wrong: dict[str, str], words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        Settings.from_environ(TABLES | PROVIDER | wrong)
