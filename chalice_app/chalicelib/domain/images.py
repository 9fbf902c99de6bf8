"""The type and size of a picture, read from its first bytes. Nothing is decoded."""

import struct
from typing import NamedTuple

MAX_SIDE = 65_535


class Image(NamedTuple):
    """A picture with its sides in pixels."""

    type: str
    width: int
    height: int


def read_image(head: bytes) -> Image | None:
    """Return what the first bytes say; None if they are no PNG, JPEG, GIF or WebP with its size."""
    try:
        found = _png(head) or _gif(head) or _webp(head) or _jpeg(head)
    except (struct.error, IndexError):
        return None
    if found is None or not (0 < found.width <= MAX_SIDE and 0 < found.height <= MAX_SIDE):
        return None
    return found


def _png(head: bytes) -> Image | None:
    if head[:8] != b"\x89PNG\r\n\x1a\n" or head[12:16] != b"IHDR":
        return None
    return Image("image/png", *struct.unpack_from(">II", head, 16))


def _gif(head: bytes) -> Image | None:
    if head[:6] not in (b"GIF87a", b"GIF89a"):
        return None
    return Image("image/gif", *struct.unpack_from("<HH", head, 6))


def _webp(head: bytes) -> Image | None:
    """Read the header of one of the three forms (RFC 9649)."""
    if head[:4] != b"RIFF" or head[8:12] != b"WEBP":
        return None
    form = head[12:16]
    if form == b"VP8 " and head[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", head, 26)
        return Image("image/webp", width & 0x3FFF, height & 0x3FFF)
    if form == b"VP8L" and head[20] == 0x2F:
        (bits,) = struct.unpack_from("<I", head, 21)
        return Image("image/webp", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if form == b"VP8X" and len(head) >= 30:
        sides = (int.from_bytes(head[at : at + 3], "little") + 1 for at in (24, 27))
        return Image("image/webp", *sides)
    return None


def _jpeg(head: bytes) -> Image | None:
    """Walk over the segments to the frame header, which has the size (ITU T.81, B.2.2).

    A camera that was held upright says so in its notes: browsers turn the picture by them, and so its sides.
    """
    if head[:3] != b"\xff\xd8\xff":
        return None
    at, turned = 2, False
    while True:
        if head[at] != 0xFF:
            return None
        marker = head[at + 1]
        if marker == 0xFF:  # fill
            at += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", head, at + 5)
            return Image("image/jpeg", height, width) if turned else Image("image/jpeg", width, height)
        (length,) = struct.unpack_from(">H", head, at + 2)
        if length < 2:
            return None
        if marker == 0xE1 and head[at + 4 : at + 10] == b"Exif\0\0":
            turned = _orientation(head[at + 10 : at + 2 + length]) in (5, 6, 7, 8)
        at += 2 + length


def _orientation(notes: bytes) -> int:
    """Return how a picture stands by its Exif (CIPA DC-008, 4.6.4): 1 upright, 5 to 8 on one of its sides."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(notes[:4])
    if order is None or len(notes) < 8:
        return 1
    (start,) = struct.unpack_from(f"{order}I", notes, 4)
    if start + 2 > len(notes):
        return 1
    (count,) = struct.unpack_from(f"{order}H", notes, start)
    for entry in range(start + 2, min(start + 2 + 12 * count, len(notes) - 11), 12):
        tag, kind = struct.unpack_from(f"{order}HH", notes, entry)
        if (tag, kind) == (0x0112, 3):
            return int(struct.unpack_from(f"{order}H", notes, entry + 8)[0])
    return 1
