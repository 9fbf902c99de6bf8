"""A line of progress on the terminal; nothing if standard error is not a terminal."""

import sys


def show(what: str) -> None:
    """Replace the line by ``what``; an empty text clears it."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{what}")
        sys.stderr.flush()
