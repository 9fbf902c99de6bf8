"""Log each kind of error once per batch."""

import logging


class BatchLog:
    """The log of one batch: a thousand deliveries often fail alike, and one line says it."""

    def __init__(self, logger: logging.Logger) -> None:
        self._logger = logger
        self._logged: set[object] = set()

    def error(self, kind: object, message: str, *values: object) -> None:
        """Log an error unless one of this kind was logged before."""
        self._once(logging.ERROR, kind, message, values)

    def warning(self, kind: object, message: str, *values: object) -> None:
        """Log a warning unless one of this kind was logged before."""
        self._once(logging.WARNING, kind, message, values)

    def _once(self, level: int, kind: object, message: str, values: tuple[object, ...]) -> None:
        if kind not in self._logged:
            self._logged.add(kind)
            self._logger.log(level, message, *values)
