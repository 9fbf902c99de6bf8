"""What only a push has to load: its encryption (RFC 8291) and the proof of who sends it (RFC 8292)."""

import base64
import os

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwt
from joserfc.jwk import ECKey

from chalicelib.domain.pushing import PushAddress, PushKey

TOKEN_SECONDS = 12 * 3600
"""How long a proof is valid; push services accept a day at most."""

_NUMBER_BYTES = 32  # of P-256


def new_key() -> PushKey:
    """Return a new key."""
    private = ec.generate_private_key(ec.SECP256R1())
    point = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    number = private.private_numbers().private_value.to_bytes(_NUMBER_BYTES, "big")
    return PushKey(encoded(point), encoded(number))


def encrypted(payload: bytes, address: PushAddress) -> bytes:
    """Return what only one browser can read.

    Raises
    ------
    ValueError
        The browser's keys are none.
    """
    body: bytes = http_ece.encrypt(
        payload,
        salt=os.urandom(16),
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=decoded(address.p256dh),
        auth_secret=decoded(address.auth),
        version="aes128gcm",
    )
    return body


def proof(key: PushKey, origin: str, contact: str, now: int) -> str:
    """Return the header by which a push service knows who sends; `now` is in seconds since the epoch."""
    point = decoded(key.public)
    x, y = point[1 : 1 + _NUMBER_BYTES], point[1 + _NUMBER_BYTES :]
    signing = ECKey.import_key(
        {"kty": "EC", "crv": "P-256", "x": encoded(x), "y": encoded(y), "d": key.private}
    )
    claims = {"aud": origin, "exp": now + TOKEN_SECONDS, "sub": contact}
    token = jwt.encode({"typ": "JWT", "alg": "ES256"}, claims, signing)
    return f"vapid t={token}, k={key.public}"


def encoded(value: bytes) -> str:
    """Return bytes in base64url without padding."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Return the bytes of a base64url text with or without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
