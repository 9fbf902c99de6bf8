"""Which ID tokens are accepted."""

import hashlib
import hmac
import json
import time
from base64 import urlsafe_b64encode
from typing import Any

import pytest
from joserfc import jwk

from chalicelib.adapters.oidc import OidcProvider
from chalicelib.errors import AccessDenied, Unavailable
from testkit.signing_provider import CLIENT_ID, SigningProvider

from .conftest import Granted
from .moved_clock import MovedClock

NOTHING: frozenset[str] = frozenset()


def test_a_person_is_known_by_issuer_and_subject(
    adapter: OidcProvider, provider: SigningProvider, granted: Granted
) -> None:
    identity = adapter.identity(granted(), NOTHING)
    assert (identity.issuer, identity.subject) == (provider.address, "u-1")
    assert identity.claims["name"] == "Ada"


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"aud": "another application"}, "another application"),
        ({"aud": ["another", "and one more"]}, "another application"),
        ({"aud": [CLIENT_ID, "another"]}, "another application"),
        ({"aud": [CLIENT_ID, "another"], "azp": "another"}, "another application"),
        ({"azp": "another"}, "another application"),
        ({"iss": "https://elsewhere.example"}, "another provider"),
        ({"nonce": "of another attempt"}, "another attempt"),
        ({"nonce": None}, "another attempt"),
        ({"nonce": 7}, "another attempt"),
        ({"exp": None}, "claims are wrong|has expired"),
        ({"exp": "soon"}, "has expired|claims are wrong"),
        ({"sub": ""}, "names nobody"),
        ({"sub": None}, "names nobody|claims are wrong"),
        ({"sub": "x" * 256}, "names nobody"),
    ],
)
def test_a_token_with_a_wrong_claim_is_refused(
    adapter: OidcProvider, provider: SigningProvider, granted: Granted, claims: dict[str, Any], why: str
) -> None:
    provider.claims = claims
    with pytest.raises(AccessDenied, match=why):
        adapter.identity(granted(), NOTHING)


@pytest.mark.parametrize(
    ("claim", "seconds", "why"),
    [("exp", -61, "has expired"), ("iat", 600, "in the future"), ("nbf", 600, "not valid yet")],
)
def test_a_token_of_another_time_is_refused(
    adapter: OidcProvider, provider: SigningProvider, granted: Granted, claim: str, seconds: int, why: str
) -> None:
    # Counted from now, and not from when the tests were collected: minutes may have passed.
    provider.claims = {claim: int(time.time()) + seconds}
    with pytest.raises(AccessDenied, match=why):
        adapter.identity(granted(), NOTHING)


def test_several_audiences_are_fine_if_the_token_was_issued_to_this_chat(
    adapter: OidcProvider, provider: SigningProvider, granted: Granted
) -> None:
    provider.claims = {"aud": ["another", CLIENT_ID], "azp": CLIENT_ID}
    assert adapter.identity(granted(), NOTHING).subject == "u-1"


@pytest.mark.parametrize("ahead", [-50, 350])
def test_clocks_may_differ_by_a_minute(
    adapter: OidcProvider, clock: MovedClock, granted: Granted, ahead: int
) -> None:
    clock.ahead = ahead
    assert adapter.identity(granted(), NOTHING).subject == "u-1"


@pytest.mark.parametrize("ahead", [-90, 370])
def test_and_by_no_more(adapter: OidcProvider, clock: MovedClock, granted: Granted, ahead: int) -> None:
    clock.ahead = ahead
    with pytest.raises(AccessDenied, match=r"expired|future"):
        adapter.identity(granted(), NOTHING)


def test_a_token_of_another_attempt_is_refused(adapter: OidcProvider, granted: Granted) -> None:
    with pytest.raises(AccessDenied, match="another attempt"):
        adapter.identity(granted(nonce="n-2"), NOTHING)


def test_a_forged_signature_is_refused(
    adapter: OidcProvider, provider: SigningProvider, granted: Granted
) -> None:
    provider.key = jwk.RSAKey.generate_key(2048, {"kid": "first"})
    with pytest.raises(AccessDenied, match="not signed by this chat's provider"):
        adapter.identity(granted(), NOTHING)


@pytest.mark.parametrize("header", [{"alg": "none"}, {"alg": "HS256", "kid": "first"}, {"alg": "HS256"}])
def test_only_signatures_with_a_private_key_count(
    adapter: OidcProvider, provider: SigningProvider, granted: Granted, header: dict[str, str]
) -> None:
    """Whoever knows the published key could sign with it as with a password."""
    now = int(time.time())
    claims = {"iss": provider.address, "aud": CLIENT_ID, "sub": "u-1", "iat": now, "exp": now + 300}
    unsigned = b".".join(_encoded(json.dumps(part).encode()) for part in (header, claims | {"nonce": "n-1"}))
    secret = provider.key.as_pem(private=False)
    digest = hmac.new(secret, unsigned, hashlib.sha256).digest() if header["alg"] == "HS256" else b""
    token = b".".join((unsigned, _encoded(digest))).decode()
    # A provider that publishes a shared secret is no reason to believe it.
    provider.published.append({"kty": "oct", "kid": "shared", "k": _encoded(secret).decode()})
    provider.token_answer = (200, json.dumps({"id_token": token}).encode())
    with pytest.raises(AccessDenied, match="not signed"):
        adapter.identity(granted(), NOTHING)


@pytest.mark.parametrize("algorithm", ["RS256", "PS256", "ES256", "Ed25519"])
def test_every_usual_algorithm_with_a_private_key_is_understood(
    adapter: OidcProvider, provider: SigningProvider, granted: Granted, algorithm: str
) -> None:
    made: dict[str, Any] = {
        "ES256": lambda: jwk.ECKey.generate_key("P-256", {"kid": "first"}),
        "Ed25519": lambda: jwk.OKPKey.generate_key("Ed25519", {"kid": "first"}),
    }
    if algorithm in made:
        provider.key = made[algorithm]()
        provider.published = [provider.key.as_dict(private=False)]
    provider.algorithm = algorithm
    assert adapter.identity(granted(), NOTHING).subject == "u-1"


def test_a_key_for_encryption_signs_nothing(
    adapter: OidcProvider, provider: SigningProvider, granted: Granted
) -> None:
    provider.published = [provider.published[0] | {"use": "enc"}]
    with pytest.raises(Unavailable):
        adapter.identity(granted(), NOTHING)


def test_a_key_of_a_kind_that_nobody_knows_does_not_hide_the_others(
    adapter: OidcProvider, provider: SigningProvider, granted: Granted
) -> None:
    provider.published.insert(0, {"kty": "AKP", "kid": "new", "pub": "AAAA"})
    assert adapter.identity(granted(), NOTHING).subject == "u-1"


@pytest.mark.parametrize("token", ["", "a.b", "a.b.c", "é", "." * 3, "x" * 100_000])
def test_what_is_no_token_is_refused(
    adapter: OidcProvider, provider: SigningProvider, granted: Granted, token: str
) -> None:
    provider.token_answer = (200, json.dumps({"id_token": token}).encode())
    with pytest.raises(AccessDenied, match="not signed"):
        adapter.identity(granted(), NOTHING)


def _encoded(text: bytes) -> bytes:
    return urlsafe_b64encode(text).rstrip(b"=")
