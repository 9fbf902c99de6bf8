"""What people say of themselves, and their pictures."""

import hashlib
from typing import NamedTuple

from chalicelib.domain.files import has_markup
from chalicelib.domain.images import read_image
from chalicelib.errors import Invalid

MAX_ABOUT_LENGTH = 250
MAX_PICTURE_BYTES = 64 * 1024
MAX_PICTURE_SIDE = 256
"""In pixels: enough for the card of a person on a screen of double density."""
_TYPES = ("image/png", "image/jpeg", "image/webp")
_ID_DIGITS = 32


class Picture(NamedTuple):
    """A picture of somebody; ``id`` follows from its bytes, so that what is had of it never gets old."""

    id: str
    type: str
    content: bytes


class Description(NamedTuple):
    """What is to change of how somebody is described; None stays, and an empty one is taken away."""

    about: str | None = None
    picture: bytes | None = None


def checked_picture(content: bytes) -> Picture:
    """Return a picture as it is kept; its first bytes decide what it is.

    Raises
    ------
    Invalid
        It is too large, no square, or nothing that every browser shows as a picture and never runs.
    """
    if len(content) > MAX_PICTURE_BYTES:
        raise Invalid(f"picture has {len(content):,} bytes: it may have at most {MAX_PICTURE_BYTES:,}")
    image = None if has_markup(content) else read_image(content)
    if image is None or image.type not in _TYPES:
        raise Invalid("picture must be a PNG, JPEG or WebP, in Base64")
    if image.width != image.height or image.width > MAX_PICTURE_SIDE:
        raise Invalid(
            f"picture has {image.width} x {image.height} pixels: it must be a square of at most "
            f"{MAX_PICTURE_SIDE}"
        )
    return Picture(hashlib.sha256(content).hexdigest()[:_ID_DIGITS], image.type, content)
