"""A line on the terminal while a bench works; nothing if nobody looks."""

import sys


def show(what: str) -> None:
    """Replace the line by ``what``; an empty text clears it."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{what}")
        sys.stderr.flush()
