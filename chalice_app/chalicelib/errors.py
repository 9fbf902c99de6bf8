"""What can go wrong, in the closed list of codes of the protocol."""

from typing import ClassVar


class ChatError(Exception):
    """Something to tell the client; `str()` is a sentence for people."""

    code: ClassVar[str]
    status: ClassVar[int]

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class BadJson(ChatError):
    """The frame or body is not JSON."""

    code, status = "bad_json", 400


class BadFrame(ChatError):
    """The frame is binary, or its JSON is not an object."""

    code, status = "bad_frame", 400


class UnknownAction(ChatError):
    """The frame's `action` is missing or not one of the protocol's."""

    code, status = "unknown_action", 400


class Invalid(ChatError):
    """A field is missing or out of range."""

    code, status = "invalid", 400


class TooLarge(ChatError):
    """The frame or body is larger than the protocol allows."""

    code, status = "too_large", 413


class NotJoined(ChatError):
    """The connection has not joined the room it names."""

    code, status = "not_joined", 403


class NotFound(ChatError):
    """There is no such message."""

    code, status = "not_found", 404


class Forbidden(ChatError):
    """The message belongs to somebody else."""

    code, status = "forbidden", 403


class RateLimited(ChatError):
    """Too many frames or attempts; `retry_after` says when to try again."""

    code, status = "rate_limited", 429


class Conflict(ChatError):
    """The request contradicts what is stored."""

    code, status = "conflict", 409


class Unavailable(ChatError):
    """Storage did not answer; nothing was stored, and the client should try again."""

    code, status = "unavailable", 503


class Unauthorized(ChatError):
    """The bearer token is missing, forged or expired."""

    code, status = "unauthorized", 401


class NameTaken(ChatError):
    """Somebody else holds the name."""

    code, status = "name_taken", 409


class AccessDenied(ChatError):
    """The access code is missing or wrong."""

    code, status = "access_denied", 403


class SettingsError(Exception):
    """The environment of the function is wrong; names the variable and what would be right."""
