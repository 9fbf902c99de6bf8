"""The error envelope: the closed list of codes, and the HTTP status of each."""

from typing import Any

from chalicelib import errors
from chalicelib.errors import ChatError, NameTaken

_CODES: dict[type[ChatError], tuple[str, int]] = {
    errors.BadJson: ("bad_json", 400),
    errors.BadFrame: ("bad_frame", 400),
    errors.UnknownAction: ("unknown_action", 400),
    errors.Invalid: ("invalid", 400),
    errors.TooLarge: ("too_large", 413),
    errors.NotJoined: ("not_joined", 403),
    errors.NotFound: ("not_found", 404),
    errors.Forbidden: ("forbidden", 403),
    errors.RateLimited: ("rate_limited", 429),
    errors.Conflict: ("conflict", 409),
    errors.Unavailable: ("unavailable", 503),
    errors.Unauthorized: ("unauthorized", 401),
    errors.NameTaken: ("name_taken", 409),
    errors.AccessDenied: ("access_denied", 403),
}


def code(problem: ChatError) -> str:
    """Return the protocol's code of an error."""
    return _CODES[type(problem)][0]


def status(problem: ChatError) -> int:
    """Return the HTTP status of an error."""
    return _CODES[type(problem)][1]


def envelope(problem: ChatError) -> dict[str, Any]:
    """Return what an error tells: `code`, `message`, and `retryAfter` (seconds) and `kept` if it has them."""
    told: dict[str, Any] = {"code": code(problem), "message": str(problem)}
    if problem.retry_after is not None:
        told["retryAfter"] = problem.retry_after
    if isinstance(problem, NameTaken) and problem.kept:
        told["kept"] = True
    return told
