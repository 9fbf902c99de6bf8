"""What a video or a sound is, read from its first bytes. Nothing is decoded."""

from collections.abc import Iterator

# The brands of ISO base media files (ISO/IEC 14496-12, 4.3) that browsers play; HEIC and AVIF have others.
_BRANDS = {
    **dict.fromkeys((b"isom", b"mp41", b"mp42", b"avc1", b"dash", b"M4V ", b"M4VP", b"M4VH"), "video/mp4"),
    **dict.fromkeys((b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"iso7", b"iso8", b"iso9"), "video/mp4"),
    **dict.fromkeys((b"M4A ", b"M4B "), "audio/mp4"),
    b"qt  ": "video/quicktime",
}
_EBML = b"\x1a\x45\xdf\xa3"
_DOC_TYPE = b"\x42\x82"  # RFC 8794, 11.2.6
_VIDEO_CODECS = (b"V_VP8", b"V_VP9", b"V_AV1")
_OGG_SOUND = (b"\x01vorbis", b"OpusHead", b"\x7fFLAC")
_OGG_VIDEO = b"\x80theora"
_MAX_OGG_STREAMS = 8
# ISO/IEC 11172-3 and 13818-3: kbit/s of layer III by version 1 and 2, and samples a second by version bits.
_BIT_RATES = {
    True: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_SAMPLE_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}


def read_media(head: bytes) -> str | None:
    """Return the media type of a video or sound; None if the first bytes are of none that browsers play."""
    return _iso(head) or _webm(head) or _ogg(head) or _wav(head) or _mp3(head)


def _iso(head: bytes) -> str | None:
    """Read the box `ftyp` with its brands, after which the next box has to begin."""
    size = int.from_bytes(head[:4], "big")
    if head[4:8] != b"ftyp" or size % 4 or not 16 <= size <= 256:
        return None
    following = head[size + 4 : size + 8]
    return _BRANDS.get(head[8:12]) if len(following) == 4 and following.isalnum() else None


def _webm(head: bytes) -> str | None:
    """Read the document type in the EBML header; whether it has pictures say its tracks."""
    if head[:4] != _EBML:
        return None
    at = head.find(_DOC_TYPE, 4, 64)
    if at < 0 or head[at + 2 : at + 7] != b"\x84webm":
        return None
    return "video/webm" if any(codec in head for codec in _VIDEO_CODECS) else "audio/webm"


def _ogg(head: bytes) -> str | None:
    """Read how the streams begin (RFC 3533, 6; RFC 5334)."""
    begun = list(_ogg_streams(head))
    if any(stream.startswith(_OGG_VIDEO) for stream in begun):
        return "video/ogg"
    return "audio/ogg" if any(stream.startswith(_OGG_SOUND) for stream in begun) else None


def _ogg_streams(head: bytes) -> Iterator[bytes]:
    at = 0
    for _ in range(_MAX_OGG_STREAMS):
        if head[at : at + 5] != b"OggS\0" or len(head) < at + 27 or not head[at + 5] & 2:
            return
        laced = at + 27 + head[at + 26]
        length = sum(head[at + 27 : laced])
        yield head[laced : laced + length]
        at = laced + length


def _wav(head: bytes) -> str | None:
    return "audio/wav" if head[:4] == b"RIFF" and head[8:16] == b"WAVEfmt " else None


def _mp3(head: bytes) -> str | None:
    """Look behind a tag (ID3v2) for two frames of layer III in a row: two bytes alone are in many files."""
    at = _after_id3(head)
    if at >= len(head) and at > 0:
        return "audio/mpeg"  # the picture in its tag is larger than what is looked at
    length = _frame_bytes(head[at : at + 4])
    if length is None or _frame_bytes(head[at + length : at + length + 4]) is None:
        return None
    return "audio/mpeg"


def _after_id3(head: bytes) -> int:
    """Return where a tag ends that the bytes begin with, 0 without one (ID3v2.4.0, 3.1)."""
    size = head[6:10]
    if head[:3] != b"ID3" or len(size) < 4 or head[3] not in (2, 3, 4) or any(part > 0x7F for part in size):
        return 0
    return 10 + (size[0] << 21 | size[1] << 14 | size[2] << 7 | size[3]) + (10 if head[5] & 0x10 else 0)


def _frame_bytes(header: bytes) -> int | None:
    """Return the length of a frame of layer III by its header, None if it is none."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        return None
    version, rate, sampling = header[1] >> 3 & 3, header[2] >> 4, header[2] >> 2 & 3
    if version not in _SAMPLE_RATES or not 1 <= rate <= 14 or sampling == 3:
        return None
    first = version == 3
    samples, kilobits = (144 if first else 72), _BIT_RATES[first][rate - 1]
    return samples * kilobits * 1000 // _SAMPLE_RATES[version][sampling] + (header[2] >> 1 & 1)
