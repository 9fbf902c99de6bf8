"""The codes that people must know: one to enter, one to be an admin."""

from chalicelib.domain.codes import HashedCode
from chalicelib.errors import AccessDenied
from chalicelib.service.attempts import AttemptLimit


class Codes:
    """Compares codes, as often as a network may try. No access code asks nobody; no admin code, no admin."""

    def __init__(
        self, limit: AttemptLimit, access_code: HashedCode | None, admin_code: HashedCode | None = None
    ) -> None:
        self._limit = limit
        self._access_code = access_code
        self._admin_code = admin_code

    def check_access(self, given: object, source: str) -> None:
        """Return if somebody may enter, or raise `AccessDenied`; `source` is their network address."""
        if self._access_code:
            missing = "The access code is missing or wrong: ask whoever runs this chat for it."
            self._compare(given, self._access_code, source, missing)

    def check_admin(self, given: object, source: str) -> None:
        """Return if somebody may be an admin, or raise `AccessDenied`."""
        if not self._admin_code:
            raise AccessDenied("This chat has no admin code: sign in without one.")
        self._compare(given, self._admin_code, source, "The admin code is wrong: sign in without it, or ask.")

    def _compare(self, given: object, code: HashedCode, source: str, wrong: str) -> None:
        with self._limit.attempt(source, "Too many wrong access codes: wait a few minutes."):
            if not isinstance(given, str) or not code.admits(given):
                raise AccessDenied(wrong)
