"""What can go wrong. How each error is told to a client stands in `protocol.errors`."""


class ChatError(Exception):
    """Something to tell the client.

    Parameters
    ----------
    message
        A sentence for people; `str()` returns it.
    retry_after
        Seconds after which trying again makes sense, if it ever does.
    """

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class BadJson(ChatError):
    """The frame or body is not JSON."""


class BadFrame(ChatError):
    """The frame is binary, or its JSON is not an object."""


class UnknownAction(ChatError):
    """The frame's `action` is missing or not one of the protocol's."""


class Invalid(ChatError):
    """A field is missing or out of range."""


class TooLarge(ChatError):
    """The frame or body is larger than the protocol allows."""


class NotJoined(ChatError):
    """The connection has not joined the room it names."""


class NotFound(ChatError):
    """There is no such message."""


class Forbidden(ChatError):
    """The message belongs to somebody else."""


class RateLimited(ChatError):
    """Too many frames or attempts; `retry_after` says when to try again."""


class Conflict(ChatError):
    """The request contradicts what is stored."""


class Unavailable(ChatError):
    """Storage did not answer; nothing was stored, and the client should try again."""


class Unauthorized(ChatError):
    """The bearer token is missing, forged or expired."""


class NameTaken(ChatError):
    """Somebody else holds the name; if they keep it with a password, that lets them in."""

    def __init__(self, message: str, *, kept: bool = False) -> None:
        super().__init__(message)
        self.kept = kept


class AccessDenied(ChatError):
    """A code, link or password is missing or wrong, or whoever has it may not enter."""


class SettingsError(Exception):
    """The environment of the function is wrong; names the variable and what would be right."""
