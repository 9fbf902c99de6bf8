"""What is shown of a page to which a message links: words, and a picture that was looked at."""

import hashlib
import re
from typing import NamedTuple

from chalicelib.domain.files import has_markup
from chalicelib.domain.images import read_image
from chalicelib.domain.visibility import is_blank

MAX_TITLE_LENGTH = 150
MAX_DESCRIPTION_LENGTH = 250
MAX_ADDRESS_LENGTH = 2000
"""Code points, as the two before it; longer addresses have no preview."""

MAX_PICTURE_BYTES = 300 * 1024
MIN_PICTURE_SIDE = 32
MAX_PICTURE_SIDE = 4096
"""In pixels: what is smaller counts readers, and what is larger fills memories when it is unpacked."""

MAX_PICTURE_PIXELS = 8_400_000
"""A side by half of the longest, with a little to spare: 34 MB in a browser."""

_ID_DIGITS = 32

_LINK = re.compile(r"https?://[^\s\x00-\x20]+", re.IGNORECASE)
# What has no place in a line, and what turns the direction of the words around it.
_CONTROLS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffc-\uffff\ud800-\udfff]+"
)


class Preview(NamedTuple):
    """The title of a page and what it says of itself, if anything, each a line of text.

    ``picture`` is the id of its picture, if one was kept.
    """

    title: str
    description: str | None
    picture: str | None = None


class Thumbnail(NamedTuple):
    """The picture of a page; ``id`` follows from its bytes."""

    id: str
    type: str
    content: bytes


class FoundPage(NamedTuple):
    """What was found at an address: a preview whose picture is not kept yet, and that picture."""

    preview: Preview
    picture: Thumbnail | None = None


def preview_of(title: object, description: object) -> Preview | None:
    """Return the preview of a page that calls itself so, cut to what is shown; None without a title."""
    line = _line(title, MAX_TITLE_LENGTH)
    return Preview(line, _line(description, MAX_DESCRIPTION_LENGTH)) if line else None


def checked_thumbnail(content: bytes) -> Thumbnail | None:
    """Return a picture as it is kept; None for anything but a PNG, JPEG, GIF or WebP of such a size.

    Its first bytes decide, and nothing is decoded: the sides are those of its header.
    """
    image = None if len(content) > MAX_PICTURE_BYTES or has_markup(content) else read_image(content)
    if image is None or not (
        min(image.width, image.height) >= MIN_PICTURE_SIDE
        and max(image.width, image.height) <= MAX_PICTURE_SIDE
        and image.width * image.height <= MAX_PICTURE_PIXELS
    ):
        return None
    return Thumbnail(hashlib.sha256(content).hexdigest()[:_ID_DIGITS], image.type, content)


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
