"""Log each kind of error once in a batch: a thousand connections often have the same one."""

import logging


class ErrorLog:
    """Passes on the first message of each kind."""

    def __init__(self, logger: logging.Logger) -> None:
        self._logger = logger
        self._logged: set[object] = set()

    def error(self, kind: object, message: str, *values: object) -> None:
        """Log an error unless something of this kind was logged before."""
        self._log(logging.ERROR, kind, message, *values)

    def warning(self, kind: object, message: str, *values: object) -> None:
        """Log a warning unless something of this kind was logged before."""
        self._log(logging.WARNING, kind, message, *values)

    def _log(self, level: int, kind: object, message: str, *values: object) -> None:
        if kind not in self._logged:
            self._logged.add(kind)
            self._logger.log(level, message, *values)
