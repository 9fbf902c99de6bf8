"""Reads what a browser brings from a sign-in provider."""

import re
from typing import Any

from chalicelib.domain.sessions import CodeGrant
from chalicelib.errors import Invalid

MAX_CODE_LENGTH = 4_096
MAX_ADDRESS_LENGTH = 2_000
MAX_NONCE_LENGTH = 200
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")


def code_grant(value: Any) -> CodeGrant:
    """Return the code with what belongs to it, or raise `Invalid`."""
    if not isinstance(value, dict):
        raise Invalid("oidc must be an object with code, codeVerifier, redirectUri and nonce")
    verifier = _text(value, "codeVerifier", 128)
    if not _VERIFIER.fullmatch(verifier):
        raise Invalid("oidc.codeVerifier must have 43 to 128 of A-Z, a-z, 0-9 and -._~ (RFC 7636)")
    return CodeGrant(
        _text(value, "code", MAX_CODE_LENGTH),
        verifier,
        _text(value, "redirectUri", MAX_ADDRESS_LENGTH),
        _text(value, "nonce", MAX_NONCE_LENGTH),
    )


def _text(value: dict[str, Any], name: str, most: int) -> str:
    found = value.get(name)
    if not isinstance(found, str) or not 1 <= len(found) <= most or not _is_plain(found):
        raise Invalid(f"oidc.{name} must be a text of 1 to {most:,} ASCII characters")
    return found


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable()
