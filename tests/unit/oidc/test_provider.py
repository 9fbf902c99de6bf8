"""How a provider is asked, what is remembered, and what happens when it fails."""

import base64
import json
import logging
from typing import Any

import pytest

from chalicelib.adapters.oidc import OidcProvider
from chalicelib.adapters.oidc.http import MAX_ANSWER_BYTES, check_address
from chalicelib.errors import AccessDenied, Unavailable
from testkit.signing_provider import CLIENT_ID, SigningProvider

from .conftest import HERE, VERIFIER, Granted
from .moved_clock import MovedClock

NOTHING: frozenset[str] = frozenset()
HOUR = 3600


def test_metadata_and_keys_are_fetched_once_an_hour(
    adapter: OidcProvider, provider: SigningProvider, clock: MovedClock, granted: Granted
) -> None:
    for _ in range(3):
        adapter.identity(granted(), NOTHING)
    assert provider.asked["/.well-known/openid-configuration"] == provider.asked["/jwks"] == 1
    assert provider.asked["/token"] == 3
    clock.ahead = HOUR
    provider.claims = {"exp": clock.now() // 1000 + 300}
    adapter.identity(granted(), NOTHING)
    assert provider.asked["/.well-known/openid-configuration"] == provider.asked["/jwks"] == 2


def test_a_new_key_of_the_provider_is_fetched_when_it_is_first_seen(
    adapter: OidcProvider, provider: SigningProvider, granted: Granted
) -> None:
    adapter.identity(granted(), NOTHING)
    provider.rotate()
    assert adapter.identity(granted(), NOTHING).subject == "u-1"
    assert provider.asked["/jwks"] == 2


def test_unknown_keys_let_the_keys_be_fetched_twice_a_minute_at_most(
    adapter: OidcProvider, provider: SigningProvider, clock: MovedClock, granted: Granted
) -> None:
    published = provider.published
    provider.rotate("never shown")
    provider.published = published
    for _ in range(3):
        with pytest.raises(AccessDenied, match="not signed"):
            adapter.identity(granted(), NOTHING)
    assert provider.asked["/jwks"] == 2, "the first time, and once more"
    clock.ahead = 30
    with pytest.raises(AccessDenied):
        adapter.identity(granted(), NOTHING)
    assert provider.asked["/jwks"] == 3


def test_a_code_is_good_once(adapter: OidcProvider, granted: Granted) -> None:
    grant = granted()
    adapter.identity(grant, NOTHING)
    with pytest.raises(AccessDenied, match="used already, or is too old"):
        adapter.identity(grant, NOTHING)


def test_a_stolen_code_is_worth_nothing_without_the_verifier(adapter: OidcProvider, granted: Granted) -> None:
    with pytest.raises(AccessDenied, match="used already"):
        adapter.identity(granted(verifier="w" * 43), NOTHING)


def test_the_code_goes_with_what_belongs_to_it(
    adapter: OidcProvider, provider: SigningProvider, granted: Granted
) -> None:
    adapter.identity(granted(), NOTHING)
    [form] = [form for path, form, _ in provider.requests if path == "/token"]
    assert form["grant_type"] == "authorization_code"
    assert (form["code_verifier"], form["redirect_uri"], form["client_id"]) == (VERIFIER, HERE, CLIENT_ID)
    assert "client_secret" not in form


def test_a_secret_goes_in_a_header(provider: SigningProvider, clock: MovedClock, granted: Granted) -> None:
    provider.claims = {"aud": "a client"}
    OidcProvider(clock, provider.address, "a client", "s:cret/é").identity(granted(), NOTHING)
    [(_, form, headers)] = [asked for asked in provider.requests if asked[0] == "/token"]
    assert headers["Authorization"] == "Basic " + base64.b64encode(b"a+client:s%3Acret%2F%C3%A9").decode()
    assert not {"client_id", "client_secret"} & form.keys()


def test_or_in_the_form_if_the_provider_wants_it_there(
    provider: SigningProvider, clock: MovedClock, granted: Granted
) -> None:
    provider.metadata = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    OidcProvider(clock, provider.address, CLIENT_ID, "s:cret").identity(granted(), NOTHING)
    [(_, form, headers)] = [asked for asked in provider.requests if asked[0] == "/token"]
    assert form["client_secret"] == "s:cret"
    assert "Authorization" not in headers


def test_userinfo_is_asked_for_what_the_token_lacks(
    adapter: OidcProvider, provider: SigningProvider, granted: Granted
) -> None:
    provider.person = {"sub": "u-1", "email": "ada@example.org", "name": "Another", "realm": {"roles": ["a"]}}
    adapter.identity(granted(), frozenset({"name"}))
    assert provider.asked["/userinfo"] == 0
    claims = adapter.identity(granted(), frozenset({"name", "email", "realm.roles"})).claims
    assert (claims["email"], claims["name"]) == ("ada@example.org", "Ada"), "the token itself counts more"
    [headers] = [headers for path, _, headers in provider.requests if path == "/userinfo"]
    assert headers["Authorization"] == "Bearer an access token"


def test_what_userinfo_tells_of_somebody_else_is_ignored(
    adapter: OidcProvider, provider: SigningProvider, granted: Granted
) -> None:
    provider.person = {"sub": "u-2", "email": "boss@example.org"}
    assert "email" not in adapter.identity(granted(), frozenset({"email"})).claims


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://elsewhere.example"},
        {"token_endpoint": None},
        {"token_endpoint": "http://192.0.2.1/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"userinfo_endpoint": "http://example.org/userinfo"},
    ],
)
def test_metadata_that_lead_elsewhere_are_not_followed(
    adapter: OidcProvider, provider: SigningProvider, granted: Granted, metadata: dict[str, Any]
) -> None:
    provider.metadata = metadata
    with pytest.raises(Unavailable):
        adapter.identity(granted(), NOTHING)
    assert provider.asked["/token"] == 0


@pytest.mark.parametrize(
    "answer",
    [
        (302, b"{}"),
        (500, b"oops"),
        (200, b"not JSON"),
        (200, b"[]"),
        (200, b"{}"),
        (200, b'{"access_token": "x"}'),
        (200, b'{"id_token": 7}'),
        (200, b'{"x": "' + b"x" * MAX_ANSWER_BYTES + b'"}'),
        (400, b'{"error": "invalid_client"}'),
        (401, b'{"error": "unauthorized_client"}'),
    ],
)
def test_an_answer_that_is_none_says_that_it_is_not_the_person_s_fault(
    adapter: OidcProvider, provider: SigningProvider, granted: Granted, answer: tuple[int, bytes]
) -> None:
    provider.token_answer = answer
    with pytest.raises(Unavailable, match=r"does not answer|does not accept this chat"):
        adapter.identity(granted(), NOTHING)
    assert provider.asked["/jwks"] == 0, "a redirect is not followed"


def test_a_silent_provider_is_not_the_person_s_fault(
    adapter: OidcProvider, provider: SigningProvider, granted: Granted
) -> None:
    grant = granted()
    provider.silent = True
    with pytest.raises(Unavailable) as silent:
        adapter.identity(grant, NOTHING)
    assert silent.value.retry_after
    provider.silent = False
    assert adapter.identity(grant, NOTHING).subject == "u-1"


def test_nobody_listens(clock: MovedClock, granted: Granted) -> None:
    with pytest.raises(Unavailable):
        OidcProvider(clock, "http://127.0.0.1:9", CLIENT_ID).identity(granted(), NOTHING)


def test_neither_code_nor_token_is_logged(
    adapter: OidcProvider, provider: SigningProvider, granted: Granted, caplog: pytest.LogCaptureFixture
) -> None:
    # Another test may have configured the application's logs, which then go elsewhere.
    log = logging.getLogger("chalicelib.adapters.oidc.provider")
    log.addHandler(caplog.handler)
    log.setLevel(logging.DEBUG)
    provider.claims = {"aud": "another"}
    first, second = granted(), granted()
    with pytest.raises(AccessDenied):
        adapter.identity(first, NOTHING)
    provider.token_answer = (500, json.dumps({"id_token": "a.b.c"}).encode())
    with pytest.raises(Unavailable):
        adapter.identity(second, NOTHING)
    log.removeHandler(caplog.handler)
    assert caplog.records
    for secret in (first.code, second.code, VERIFIER, "a.b.c"):
        assert secret not in caplog.text


@pytest.mark.parametrize("address", ["https://id.example.org", "http://127.0.0.1:9400", "http://[::1]/x"])
def test_secrets_go_encrypted_or_stay_on_this_machine(address: str) -> None:
    assert check_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "http://id.example.org",
        "http://127.0.0.1.example.org",
        "https://",
        "ftp://127.0.0.1",
        "x",
        "https://a@b.example/#x",
        "https://ada@example.org/",
    ],
)
def test_and_go_nowhere_else(address: str) -> None:
    with pytest.raises(ValueError, match="must"):
        check_address(address)
