"""Saying a trouble once."""

import logging


class Once:
    """Logs each kind of trouble once: in a batch, a thousand connections often have the same."""

    def __init__(self, logger: logging.Logger) -> None:
        self._logger = logger
        self._said: set[object] = set()

    def error(self, kind: object, message: str, *values: object) -> None:
        """Log an error unless one of this kind was logged before."""
        if kind not in self._said:
            self._said.add(kind)
            self._logger.error(message, *values)
