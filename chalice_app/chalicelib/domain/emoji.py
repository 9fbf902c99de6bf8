"""One emoji, by the grammar of Unicode Technical Standard 51 (emoji sequences)."""

import re

from chalicelib.errors import Invalid

MAX_EMOJI_BYTES = 32

_KEYCAP = "[#*0-9]\ufe0f?\u20e3"
_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"
# The blocks that hold emoji: broader than the property Emoji, which grows with every Unicode version.
_BASE = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001f1e5\U0001f200-\U0001faff]"
)
_ELEMENT = f"{_BASE}(?:\ufe0f|[\U0001f3fb-\U0001f3ff])?"
# Flags of England, Scotland and Wales; after any other emoji the letters would be invisible.
_SUBDIVISION = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f"
_EMOJI = re.compile(f"{_KEYCAP}|{_FLAG}|{_SUBDIVISION}|{_ELEMENT}(?:\u200d{_ELEMENT})*")


def check_emoji(value: object) -> str:
    """Return the emoji, or raise `Invalid`."""
    if not isinstance(value, str) or not _EMOJI.fullmatch(value):
        raise Invalid("emoji must be exactly one emoji")
    if len(value.encode()) > MAX_EMOJI_BYTES:
        raise Invalid(f"emoji has {len(value.encode())} bytes: it may have at most {MAX_EMOJI_BYTES}")
    return value
