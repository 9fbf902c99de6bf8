"""What only a push has to load: its encryption (RFC 8291) and the proof of who sends it (RFC 8292)."""

import base64
import os

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwt
from joserfc.jwk import ECKey

from chalicelib.domain.pushing import PushAddress, PushKey

TOKEN_SECONDS = 12 * 3600
"""How long a proof is valid; push services accept a day at most."""

_NUMBER_BYTES = 32  # of P-256
_SALT_BYTES = 16
_RECORD_BYTES = 4096
_TAG_BYTES = 16
_LAST = b"\x02"  # ends the only record


def new_key() -> PushKey:
    """Return a new key."""
    private = ec.generate_private_key(ec.SECP256R1())
    number = private.private_numbers().private_value.to_bytes(_NUMBER_BYTES, "big")
    return PushKey(encoded(_point(private)), encoded(number))


def encrypted(payload: bytes, address: PushAddress) -> bytes:
    """Return what only one browser can read; at most 4,079 bytes fit into the one record.

    Raises
    ------
    ValueError
        The browser's keys are none, or the payload is too long.
    """
    return sealed(payload, address, ec.generate_private_key(ec.SECP256R1()), os.urandom(_SALT_BYTES))


def sealed(payload: bytes, address: PushAddress, private: ec.EllipticCurvePrivateKey, salt: bytes) -> bytes:
    """Encrypt with a key and a salt, both for this once (RFC 8291, section 3.4; RFC 8188, section 2)."""
    if len(payload) + len(_LAST) + _TAG_BYTES > _RECORD_BYTES:
        raise ValueError(f"a push of {len(payload)} bytes does not fit into a record of {_RECORD_BYTES}")
    browser, own = decoded(address.p256dh), _point(private)
    shared = private.exchange(
        ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), browser)
    )
    secret = _derived(shared, decoded(address.auth), b"WebPush: info\0" + browser + own, 32)
    key = _derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(secret, salt, b"Content-Encoding: nonce\0", 12)
    header = salt + _RECORD_BYTES.to_bytes(4, "big") + bytes([len(own)]) + own
    return header + AESGCM(key).encrypt(nonce, payload + _LAST, None)


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(secret)


def _point(private: ec.EllipticCurvePrivateKey) -> bytes:
    return private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


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
