"""What first bytes say of a video or a sound: it plays, unless they could be something else as well."""

import io
import struct
import wave

import pytest

from chalicelib.domain.files import ANYTHING, disposition, is_shown, sent_file, served_type
from chalicelib.domain.images import read_image
from chalicelib.domain.media import read_media
from tests.unit.domain.test_files import HTML, JPEG, PNG, SVG, an_upload


def iso(brand: bytes, following: bytes = b"moov") -> bytes:
    """Return how an MP4 or QuickTime file begins."""
    brands = brand + b"\0\0\2\0" + b"isommp41"
    return struct.pack(">I", 8 + len(brands)) + b"ftyp" + brands + b"\0\0\0\x08" + following


def webm(kind: bytes = b"webm", codec: bytes = b"V_VP9") -> bytes:
    return b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\1\x42\x82\x84" + kind + b"\x42\x87\x81\4" + bytes(40) + codec


def ogg(*streams: bytes) -> bytes:
    pages = (b"OggS\0\2" + bytes(20) + bytes((1, len(stream))) + stream for stream in streams)
    return b"".join(pages) + b"OggS\0\0" + bytes(40)


def wav(samples: int = 100) -> bytes:
    """Return a sound that is complete: so many samples of silence."""
    file = io.BytesIO()
    with wave.open(file, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(8_000)
        made.writeframes(bytes(2 * samples))
    return file.getvalue()


FRAME = b"\xff\xfb\x90\0" + bytes(413)  # 128 kbit/s at 44.1 kHz
SLOW_FRAME = b"\xff\xf3\x42\0" + bytes(101)  # 32 kbit/s at 22.05 kHz is 104.5 bytes, and a byte of padding


def id3(length: int, filling: bytes = b"") -> bytes:
    return (
        b"ID3\4\0\0"
        + bytes((0, length >> 14 & 127, length >> 7 & 127, length & 127))
        + filling.ljust(length, b"\0")
    )


PLAYED = {
    "mp4": (iso(b"isom"), "video/mp4"),
    "mp4 of a phone": (iso(b"mp42"), "video/mp4"),
    "m4v": (iso(b"M4V ", b"free"), "video/mp4"),
    "mov": (iso(b"qt  ", b"wide"), "video/quicktime"),
    "m4a": (iso(b"M4A "), "audio/mp4"),
    "webm": (webm(), "video/webm"),
    "webm of sound": (webm(codec=b"A_OPUS"), "audio/webm"),
    "ogg of vorbis": (ogg(b"\x01vorbis\0\0"), "audio/ogg"),
    "ogg of opus": (ogg(b"OpusHead\1"), "audio/ogg"),
    "ogg of theora": (ogg(b"\x01vorbis\0\0", b"\x80theora\3"), "video/ogg"),
    "wav": (wav(), "audio/wav"),
    "mp3": (FRAME * 2, "audio/mpeg"),
    "mp3 of speech": (SLOW_FRAME * 2, "audio/mpeg"),
    "mp3 with a title": (id3(300, b"TIT2") + FRAME * 2, "audio/mpeg"),
    "mp3 with a large cover": (id3(300_000)[:262_144], "audio/mpeg"),
}
NOT_PLAYED = {
    "a picture of a phone": iso(b"heic", b"meta"),
    "an avif picture": iso(b"avif", b"meta"),
    "a box of no length": b"\0\0\0\0ftypisom\0\0\2\0" + bytes(16),
    "a box that nothing follows": iso(b"isom")[:28],
    "matroska": webm(b"matroska"),
    "ebml of no type": b"\x1a\x45\xdf\xa3" + bytes(80),
    "ogg of nothing known": ogg(b"fishead\0"),
    "ogg that does not begin": b"OggS\0\0" + bytes(40) + b"OpusHead",
    "half an ogg page": b"OggS\0\2" + bytes(5),
    "another riff": b"RIFF\0\0\0\0AVI LIST",
    "one frame alone": FRAME,
    "two bytes of a frame": b"\xff\xfb" * 300,
    "a tag and then a program": id3(20) + b"MZ" + bytes(400),
    "half a tag": b"ID3\4\0",
    "a tag of a wrong length": b"ID3\4\0\0\xff\xff\xff\xff" + FRAME * 2,
    "nothing": b"",
}
POLYGLOTS = {
    "mp4 and a page": iso(b"isom", b"free") + HTML,
    "webm and a drawing": webm() + SVG,
    "wav and a page": wav() + HTML,
    "mp3 and a page in its title": id3(300, b"TIT2" + HTML) + FRAME * 2,
    "ogg and a script": ogg(b"OpusHead\1") + b"<SCRIPT src=x>",
    "mp4 and a pdf": iso(b"mp42", b"free") + b"%PDF-1.7 app.alert(1)",
    "mp3 and a pdf": id3(300, b"%PDF-1.7") + FRAME * 2,
    "png and a pdf": PNG + b"%PDF-1.7",
}


@pytest.mark.parametrize(("head", "kind"), PLAYED.values(), ids=PLAYED)
def test_what_plays_is_known_by_its_first_bytes_and_is_a_download_all_the_same(
    head: bytes, kind: str
) -> None:
    file = sent_file(an_upload(name="x.html", type="text/html"), head)
    assert (file.type, file.plays, served_type(file)) == (kind, kind.partition("/")[0], kind)
    assert not is_shown(file)
    assert disposition(file).startswith("attachment;")


@pytest.mark.parametrize("head", NOT_PLAYED.values(), ids=NOT_PLAYED)
def test_what_only_calls_itself_a_video_is_a_download_of_no_type(head: bytes) -> None:
    assert read_media(head) is None
    file = sent_file(an_upload(name="x.mp4", type="video/mp4"), head)
    assert (file.plays, served_type(file)) == (None, ANYTHING)


@pytest.mark.parametrize("head", POLYGLOTS.values(), ids=POLYGLOTS)
@pytest.mark.parametrize("declared", ["video/mp4", "audio/mpeg", "text/html"])
def test_what_is_a_page_or_a_document_as_well_neither_plays_nor_shows(head: bytes, declared: str) -> None:
    assert read_media(head) or read_image(head), "a browser would take it for what it seems to be"
    file = sent_file(an_upload(type=declared), head)
    assert (file.plays, file.width, served_type(file)) == (None, None, ANYTHING)
    assert disposition(file).startswith("attachment;")


def test_a_picture_is_never_taken_for_a_video() -> None:
    assert sent_file(an_upload(type="video/mp4"), JPEG).plays is None


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(
    ("orientation", "sides"),
    [(1, (640, 480)), (3, (640, 480)), (6, (480, 640)), (8, (480, 640)), (99, (640, 480))],
)
def test_a_picture_of_a_camera_on_its_side_has_the_sides_that_browsers_show(
    order: str, orientation: int, sides: tuple[int, int]
) -> None:
    begin = b"II*\0" if order == "<" else b"MM\0*"
    entries = struct.pack(f"{order}HHIHH", 0x0100, 3, 1, 7, 0) + struct.pack(
        f"{order}HHIHH", 0x0112, 3, 1, orientation, 0
    )
    notes = b"Exif\0\0" + begin + struct.pack(f"{order}IH", 8, 2) + entries
    exif = b"\xff\xe1" + struct.pack(">H", 2 + len(notes)) + notes
    found = read_image(JPEG[:2] + exif + JPEG[2:])
    assert found is not None
    assert (found.width, found.height) == sides


@pytest.mark.parametrize(
    "notes",
    [b"", b"II*\0", b"II*\0\xff\xff\xff\xff", b"MM\0*\0\0\0\x08\xff\xff" + b"\1\x12", b"XX*\0" + bytes(20)],
)
def test_broken_notes_of_a_camera_leave_the_picture_upright(notes: bytes) -> None:
    content = b"Exif\0\0" + notes
    found = read_image(JPEG[:2] + b"\xff\xe1" + struct.pack(">H", 2 + len(content)) + content + JPEG[2:])
    assert found is not None
    assert (found.width, found.height) == (640, 480)
