"""What a file may be, and what its first bytes say that it is: they decide, and not what it is called."""

import re
from typing import NamedTuple
from urllib.parse import quote

from chalicelib.domain.images import read_image
from chalicelib.domain.media import read_media
from chalicelib.domain.messages import File
from chalicelib.errors import Invalid

MAX_FILE_BYTES = 25_000_000
MAX_FILE_NAME_LENGTH = 120
HEAD_BYTES = 256 * 1024
"""How much of a file is looked at: enough for the size of a picture, also behind what a camera writes."""

ANYTHING = "application/octet-stream"
_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}")
# What could be read as a page or as a document as well is not shown: it can be downloaded.
_MARKUP = re.compile(
    rb"<(!doctype|html|head|body|script|svg|iframe|object|embed|title|meta|a |img)|%PDF-", re.I
)
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")


class Upload(NamedTuple):
    """A file that somebody said they would upload, and may send in a room.

    ``by`` is the id of who uploads, ``seq`` the message that it was sent in, None before.
    """

    id: str
    room: str
    by: str
    name: str
    type: str
    bytes: int
    seq: int | None = None


def check_type(value: object) -> str:
    """Return a media type in lower case, or raise `Invalid`; without one, a file may be anything."""
    if value is None or value == "":
        return ANYTHING
    if not isinstance(value, str) or not _TYPE.fullmatch(value.lower()):
        raise Invalid(
            f"type is {str(value)[:80]!a}: it must be a media type without parameters, as image/png"
        )
    return value.lower()


def check_file_name(name: str) -> str:
    """Return the name of a file, or raise `Invalid` if it is a path."""
    if "/" in name or "\\" in name or name.strip(".") == "":
        raise Invalid(f"name is {name[:80]!a}: it must be the name of a file, without folders")
    return name


def sent_file(upload: Upload, head: bytes) -> File:
    """Return an upload as a message has it: a picture, a video or a sound only if its first bytes are one's.

    Whatever else calls itself a picture, or something that a browser would run, may be anything.
    """
    if not _MARKUP.search(head, 0, 4096):
        image, media = read_image(head), read_media(head)
        if image is not None:
            return File(upload.id, upload.name, image.type, upload.bytes, image.width, image.height)
        if media is not None:
            return File(upload.id, upload.name, media, upload.bytes, plays=media.partition("/")[0])
    return File(upload.id, upload.name, _harmless(upload.type), upload.bytes)


def _harmless(declared: str) -> str:
    runs = ("html", "xml", "svg", "javascript", "ecmascript", "image/")
    return ANYTHING if any(word in declared for word in runs) else declared


def is_shown(file: File) -> bool:
    """Return whether a browser may show a file in its place: it is a picture of which the size is known."""
    return file.type in _PICTURES and file.width is not None


def served_type(file: File) -> str:
    """Return the type that a file is served with: its own for pictures, videos and sound alone."""
    return file.type if is_shown(file) or file.plays is not None else ANYTHING


def disposition(file: File) -> str:
    """Return the header by which a browser downloads a file, or may show a picture (RFC 6266).

    A video or a sound is a download too: where a page plays it, nobody looks at this header.
    """
    plain = re.sub(r"[^A-Za-z0-9 ._-]", "_", file.name)
    how = "inline" if is_shown(file) else "attachment"
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name, safe='')}"
