"""Checks ID tokens; the only module that imports the library for it, when somebody signs in so."""

import hmac
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import (
    ExpiredTokenError,
    InvalidClaimError,
    InvalidKeyIdError,
    JoseError,
    MissingClaimError,
)
from joserfc.jwk import KeySet

# Only those with a public key: with any other, whoever knows what the provider publishes could sign.
ALGORITHMS = (
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "EdDSA", "Ed25519"),
)
CLOCK_SKEW_SECONDS = 60
MAX_SUBJECT_LENGTH = 255
_KINDS = ("RSA", "EC", "OKP")

WHY = {
    "iss": "it comes from another provider",
    "aud": "it is meant for another application",
    "azp": "it is meant for another application",
    "nonce": "it belongs to another attempt",
    "exp": "it has expired",
    "nbf": "it is not valid yet",
    "iat": "it was issued in the future",
    "sub": "it names nobody",
}


class UnknownKeyError(Exception):
    """The token was signed with a key that is not among the known ones."""


class RefusedTokenError(Exception):
    """The token must not be accepted; the message completes a sentence that begins with "because"."""


def key_set(published: dict[str, Any]) -> KeySet:
    """Return the keys of a provider with which it may sign.

    Raises
    ------
    ValueError
        There are none that can be used.
    """
    listed = published.get("keys")
    usable = [key for key in listed if _signs(key)] if isinstance(listed, list) else []
    try:
        return KeySet.import_key_set({"keys": usable})
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise ValueError(f"the provider's keys cannot be used: {error}") from error


def check(token: str, keys: KeySet, *, issuer: str, client_id: str, nonce: str, now: int) -> dict[str, Any]:
    """Return the claims of an ID token (OpenID Connect Core 3.1.3.7); `now` is in seconds since the epoch.

    Raises
    ------
    UnknownKeyError, RefusedTokenError
    """
    registry = jws.JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
    try:
        claims = jwt.decode(token, keys, registry=registry, algorithms=ALGORITHMS).claims
    except InvalidKeyIdError as error:
        raise UnknownKeyError(str(error)) from error
    except (JoseError, ValueError, TypeError) as error:
        raise RefusedTokenError("it was not signed by this chat's provider") from error
    _check_claims(claims, issuer, client_id, now)
    given = claims.get("nonce")
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), nonce.encode()):
        raise RefusedTokenError(WHY["nonce"])
    return claims


def _check_claims(claims: dict[str, Any], issuer: str, client_id: str, now: int) -> None:
    rules = jwt.JWTClaimsRegistry(
        now=now,
        leeway=CLOCK_SKEW_SECONDS,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": client_id},
        exp={"essential": True},
        iat={"essential": True},
        sub={"essential": True},
    )
    try:
        rules.validate(claims)
    except ExpiredTokenError as error:
        raise RefusedTokenError(WHY["exp"]) from error
    except (InvalidClaimError, MissingClaimError) as error:
        raise RefusedTokenError(WHY.get(error.claim or "", f"its claims are wrong ({error})")) from error
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if several else client_id) != client_id:
        raise RefusedTokenError(WHY["azp"])
    if not 1 <= len(claims["sub"]) <= MAX_SUBJECT_LENGTH:
        raise RefusedTokenError(WHY["sub"])


def _signs(key: object) -> bool:
    return isinstance(key, dict) and key.get("kty") in _KINDS and key.get("use", "sig") == "sig"
