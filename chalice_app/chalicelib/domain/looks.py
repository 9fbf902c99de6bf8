"""What a name looks like, so that nobody can pass for somebody else by letters that look the same.

Two names look the same if their skeletons are equal, as Unicode's UTS #39 says: each character is replaced by
one that stands for all that look like it. The table is compiled by `tools/look_alikes.py`; it is read when
somebody first signs in, and by no function that does not let people sign in.
"""

import unicodedata
from functools import cache
from pathlib import Path

from chalicelib.domain.text import name_key, visible

_TABLE = Path(__file__).with_name("look_alikes.tsv")


def looks(name: str) -> tuple[str, str]:
    """Return the skeletons of a name in small letters and as it is written.

    The one finds a name in other letters whatever their case, the other a capital I that stands for a small
    L. Names of any script have skeletons, and are refused only if somebody holds one that looks the same.
    """
    return skeleton(name_key(name)), skeleton(visible(unicodedata.normalize("NFKC", name)))


def skeleton(text: str) -> str:
    """Return what stands for everything that looks like a text."""
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).translate(table()))


@cache
def table() -> dict[int, str]:
    """Return what stands for each character that looks like another one."""
    lines = _TABLE.read_text("utf-8").rstrip("\n").split("\n")
    pairs = (line.split("\t") for line in lines)
    return {ord(character): centre for centre, others in pairs for character in others}
