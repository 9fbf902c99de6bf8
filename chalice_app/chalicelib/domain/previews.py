"""What is shown of a page to which a message links: words, and nothing else of it."""

import re
from typing import NamedTuple

from chalicelib.domain.visibility import is_blank

MAX_TITLE_LENGTH = 150
MAX_DESCRIPTION_LENGTH = 250
MAX_ADDRESS_LENGTH = 2000
"""Code points, as the two before it; longer addresses have no preview."""

_LINK = re.compile(r"https?://[^\s\x00-\x20]+", re.IGNORECASE)
# What has no place in a line, and what turns the direction of the words around it.
_CONTROLS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffc-\uffff\ud800-\udfff]+"
)


class Preview(NamedTuple):
    """The title of a page and what it says of itself, if anything, each a line of text."""

    title: str
    description: str | None


def preview_of(title: object, description: object) -> Preview | None:
    """Return the preview of a page that calls itself so, cut to what is shown; None without a title."""
    line = _line(title, MAX_TITLE_LENGTH)
    return Preview(line, _line(description, MAX_DESCRIPTION_LENGTH)) if line else None


def linked_page(address: str) -> str | None:
    """Return the address of the page to which a link leads, without its fragment; None if it is no link."""
    if len(address) > MAX_ADDRESS_LENGTH or not _LINK.fullmatch(address):
        return None
    return address.partition("#")[0]


def _line(text: object, most: int) -> str | None:
    if not isinstance(text, str):
        return None
    # Of a megabyte, only what could be shown is looked at.
    line = " ".join(_CONTROLS.sub(" ", text[: 8 * most]).split())
    if is_blank(line):
        return None
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
