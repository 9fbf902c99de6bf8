"""What a file may be called, and what its first bytes say that it is."""

import struct
from typing import Any

import pytest

from chalicelib.domain.files import (
    ANYTHING,
    Upload,
    check_file_name,
    check_type,
    disposition,
    is_shown,
    sent_file,
    served_type,
)
from chalicelib.domain.images import Image, read_image
from chalicelib.domain.messages import File
from chalicelib.errors import Invalid

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 640, 480) + b"\x08\x02\0\0\0"
GIF = b"GIF89a" + struct.pack("<HH", 20, 10) + b"\0\0\0"
JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x02\0\0\x01\0\x01\0\0"
    + b"\xff\xc4\x00\x04\0\0"
    + b"\xff\xff\xc0\x00\x11\x08"
    + struct.pack(">HH", 480, 640)
    + b"\x03"
)
WEBP = {
    "lossy": b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 640, 480),
    "lossless": b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f" + struct.pack("<I", 639 | 479 << 14) + b"\0",
    "extended": b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + b"\x7f\x02\0" + b"\xdf\x01\0",
}
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
EVIL = {
    "html": HTML,
    "svg": SVG,
    "gif and html": b"GIF89a" + struct.pack("<HH", 20, 10) + HTML,
    "png and svg": PNG + SVG,
    "jpeg with a page in its comment": JPEG[:4] + b"\0\x40" + HTML.ljust(62) + JPEG[20:],
    "half a png": PNG[:14],
    "a png of no size": PNG[:16] + struct.pack(">II", 0, 480),
    "a jpeg that never ends": b"\xff\xd8\xff\xe0\xff\xff",
    "a jpeg whose segment is nothing": b"\xff\xd8\xff\xe0\0\0" * 20,
    "nothing": b"",
}


def an_upload(**values: Any) -> Upload:
    return Upload("f", "general", "u", "a picture.png", "image/png", 100)._replace(**values)


@pytest.mark.parametrize(
    ("head", "kind", "sides"),
    [
        (PNG, "image/png", (640, 480)),
        (GIF, "image/gif", (20, 10)),
        (JPEG, "image/jpeg", (640, 480)),
        *((head, "image/webp", (640, 480)) for head in WEBP.values()),
    ],
    ids=["png", "gif", "jpeg", *WEBP],
)
def test_a_picture_is_known_by_its_first_bytes_whatever_it_is_called(
    head: bytes, kind: str, sides: tuple[int, int]
) -> None:
    assert read_image(head) == Image(kind, *sides)
    file = sent_file(an_upload(type="text/html", name="x.html"), head)
    assert (file.type, file.width, file.height) == (kind, *sides)
    assert is_shown(file)
    assert served_type(file) == kind


@pytest.mark.parametrize("content", EVIL.values(), ids=EVIL)
@pytest.mark.parametrize("declared", ["image/png", "image/svg+xml", "text/html", "application/xhtml+xml"])
def test_what_a_browser_could_run_is_a_download_of_no_type(content: bytes, declared: str) -> None:
    file = sent_file(an_upload(type=declared), content)
    assert file == File("f", "a picture.png", ANYTHING, 100)
    assert not is_shown(file)
    assert served_type(file) == ANYTHING
    assert disposition(file).startswith("attachment;")


def test_any_other_file_keeps_its_type_for_people_and_is_served_without_it() -> None:
    file = sent_file(an_upload(type="application/pdf", name="report.pdf"), b"%PDF-1.7")
    assert file.type == "application/pdf"
    assert served_type(file) == ANYTHING


def test_the_name_of_a_download_survives_quotes_and_every_script() -> None:
    file = File("f", 'a"b\u00e9\u732b.txt', "text/plain", 1)
    assert (
        disposition(file) == "attachment; filename=\"a_b__.txt\"; filename*=UTF-8''a%22b%C3%A9%E7%8C%AB.txt"
    )


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", "a\\b", ".", ".."])
def test_a_path_is_no_name(name: str) -> None:
    with pytest.raises(Invalid, match="without folders"):
        check_file_name(name)


@pytest.mark.parametrize("value", ["image", "text/html; charset=utf-8", "a/b\r\nx: y", 7, "x" * 70 + "/y"])
def test_what_is_no_media_type_is_refused(value: object) -> None:
    with pytest.raises(Invalid, match="media type"):
        check_type(value)


def test_a_file_without_a_type_may_be_anything() -> None:
    assert check_type(None) == check_type("") == ANYTHING
    assert check_type("Image/PNG") == "image/png"
