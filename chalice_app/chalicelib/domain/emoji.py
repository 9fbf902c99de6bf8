"""One emoji, by the grammar of Unicode Technical Standard 51 (emoji sequences), and its one spelling."""

import re
from collections.abc import Mapping

from chalicelib.errors import Invalid

MAX_EMOJI_BYTES = 32

_KEYCAP = "[#*0-9][\ufe0e\ufe0f]?\u20e3"
_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"
# The blocks that hold emoji: broader than the property Emoji, which grows with every Unicode version.
_BASE = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001f1e5\U0001f200-\U0001faff]"
)
_ELEMENT = f"{_BASE}[\ufe0e\ufe0f]?[\U0001f3fb-\U0001f3ff]?"
# Flags of England, Scotland and Wales; after any other emoji the letters would be invisible.
_SUBDIVISION = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f"
PATTERN = f"{_KEYCAP}|{_FLAG}|{_SUBDIVISION}|{_ELEMENT}(?:\u200d{_ELEMENT})*"
"""A whole emoji: with its skin tone, its variation selector and everything that is joined to it."""

_SELECTORS = str.maketrans(
    "", "", "\ufe0e\ufe0f"
)  # ask for the look of text or of a picture: the emoji is the same

# The property Emoji_Presentation: these are pictures by themselves, all others need U+FE0F to be one.
_PICTURES = (
    "\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1\u26aa\u26ab\u26bd\u26be"
    "\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705\u270a\u270b\u2728\u274c\u274e\u2753-\u2755"
    "\u2757\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55\U0001f004\U0001f0cf\U0001f18e\U0001f191-\U0001f19a\U0001f1e6-"
    "\U0001f1ff\U0001f201\U0001f21a\U0001f22f\U0001f232-\U0001f236\U0001f238-\U0001f23a\U0001f250\U0001f251"
    "\U0001f300-\U0001f320\U0001f32d-\U0001f335\U0001f337-\U0001f37c\U0001f37e-\U0001f393\U0001f3a0-\U0001f3ca"
    "\U0001f3cf-\U0001f3d3\U0001f3e0-\U0001f3f0\U0001f3f4\U0001f3f8-\U0001f43e\U0001f440\U0001f442-\U0001f4fc"
    "\U0001f4ff-\U0001f53d\U0001f54b-\U0001f54e\U0001f550-\U0001f567\U0001f57a\U0001f595\U0001f596\U0001f5a4\U0001f5fb-"
    "\U0001f64f\U0001f680-\U0001f6c5\U0001f6cc\U0001f6d0-\U0001f6d2\U0001f6d5-\U0001f6d8\U0001f6dc-\U0001f6df\U0001f6eb"
    "\U0001f6ec\U0001f6f4-\U0001f6fc\U0001f7e0-\U0001f7eb\U0001f7f0\U0001f90c-\U0001f93a\U0001f93c-\U0001f945\U0001f947-"
    "\U0001f9ff\U0001fa70-\U0001faff"
)
# What a skin tone follows is a picture too; joiners, tags and the box of a keycap never stand alone.
_TEXT_BY_DEFAULT = f"((?!\u200d)[^{_PICTURES}\U000e0030-\U000e007f\u20e3])(?![\U0001f3fb-\U0001f3ff])"


def check_emoji(value: object) -> str:
    """Return the emoji in its one spelling, or raise `Invalid`."""
    # The patterns are compiled when the first reaction comes: most starts of a function see none.
    if not isinstance(value, str) or not re.fullmatch(PATTERN, value):
        raise Invalid("emoji must be exactly one emoji")
    size = len(value.translate(_SELECTORS).encode())
    if size > MAX_EMOJI_BYTES:
        raise Invalid(f"emoji has {size} bytes: it may have at most {MAX_EMOJI_BYTES}")
    return spelling(value)


def spelling(emoji: str) -> str:
    """Return the spelling that Unicode calls fully qualified, which every client shows as a picture.

    It has U+FE0F after each character that would otherwise be text, and no variation selector besides: so
    "❤" and "❤\ufe0f" are one emoji, and "👍" and "👍\ufe0f" are.
    """
    return re.sub(_TEXT_BY_DEFAULT, "\\1\ufe0f", emoji.translate(_SELECTORS))


def merged(reactions: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Return who chose which emoji, the spellings of one emoji as one: earlier versions stored several."""
    found: dict[str, frozenset[str]] = {}
    for emoji, people in reactions.items():
        key = spelling(emoji)
        found[key] = found.get(key, frozenset()) | people
    return found
