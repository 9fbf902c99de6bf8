"""From raw text to tokens: repair, masking, capping and splitting, the same in training and in Lambda."""

import html
import re
from typing import NamedTuple

from ..domain import emoji
from . import faces
from .masking import CODE, LINK, USER, mask, without_fences
from .shortcodes import spelled_out
from .shorthand import SPELLINGS, WITH_DIGITS
from .terms import without_terms

MAX_CHARACTERS = 900
"""Longer texts are read at both ends only: people put their opinion first or last."""

MAX_TOKENS = 240
"""Longer texts, of a thousand emoji for example, are read at both ends only."""

_TAIL = 300
_TAIL_TOKENS = 80
_MAX_WORD = 40  # a cut leaves out what it would cut through, unless that is longer than a word
_MOJIBAKE = "[ÂÃâð][\u0080-\u00bf\u2018-\u203a\u20ac\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u02c6\u02dc]"
_QUOTES = str.maketrans({"’": "'", "‘": "'", "´": "'", "“": '"', "”": '"', "…": "...", "\u00a0": " "})
REPEATED = re.compile(r"(\w)\1{2,}")
"""A drawl: the same letter three times or more."""

# Between letters nobody sees them, and a word that hides one is still that word.
_INVISIBLE = "(?<=\\w)[\u00ad\u034f\u200b-\u200d\u2060\ufe0e\ufe0f\ufeff]+(?=\\w)"

_SHORT = "|".join(WITH_DIGITS)
_TOKEN = re.compile(
    rf"""
    (?P<link>{LINK}) | (?P<user>{USER}) | (?P<code>{CODE})
  | (?P<face>{faces.PATTERN})
  | (?P<word>(?<!\w)(?i:{_SHORT})(?!\w) | \#?[^\W\d_]+(?:'[^\W\d_]+)*)
  | (?P<number>\d(?![\ufe0e\ufe0f]?\u20e3)(?:[\d.,:/]*\d)?\w*)
  | (?P<mark>[!?]+|\.\.+|[.,;:()"])
  | (?P<emoji>{emoji.PATTERN})
    """,
    re.VERBOSE,
)
# An emoji feels as it does in yellow, and a person as they do whichever their gender.
_LOOKS = "[\U0001f3fb-\U0001f3ff\ufe0e\ufe0f]|\u200d[\u2640\u2642]"


class Token(NamedTuple):
    """One piece of a text.

    ``kind`` is a group of the token pattern; ``word`` is what the vocabularies and lexicons know it
    by: lower case, without the sign of a hashtag, drawls cut to two letters, shorthand spelled out; an emoji
    without its skin tone; ``raw`` is how it was written.
    """

    kind: str
    word: str
    raw: str


def clean(text: str) -> str:
    """Return the part of a text that is scored, with encoding errors repaired.

    HTML entities and UTF-8 that was once read as Windows-1252 are decoded, typographic quotes are
    made plain, a text beyond `MAX_CHARACTERS` loses its middle, shortcodes become emoji, and what is not
    language is masked.
    """
    text = without_fences(text)
    if len(text) > MAX_CHARACTERS:
        text = _ends(text)
    if "&" in text:
        text = html.unescape(text)
    if not text.isascii():
        if re.search(_MOJIBAKE, text):
            text = _repair(text)
        text = re.sub(_INVISIBLE, "", text.translate(_QUOTES))
    return without_terms(mask(spelled_out(text)))


def _ends(text: str) -> str:
    """Return the beginning and the end of a text, without the words that are cut through."""
    head, tail = text[: MAX_CHARACTERS - _TAIL], text[-_TAIL:]
    cut = max(map(head.rfind, " \n"))
    if len(head) - cut <= _MAX_WORD and not text[len(head)].isspace():
        head = head[:cut]
    start = re.search(r"\s", tail[:_MAX_WORD])
    if start and not text[-_TAIL - 1].isspace():
        tail = tail[start.end() :]
    return f"{head} {tail}"


def _repair(text: str) -> str:
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:  # not what it looked like: an ordinary text with an accent
        return text


def tokenize(text: str) -> list[Token]:
    """Split cleaned text into tokens, in order; what no group matches (spaces, lone symbols) is left out."""
    tokens = []
    drawls = REPEATED.search(text.lower()) is not None
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        raw = match.group()
        if kind == "word":
            word = raw.lower().removeprefix("#")
            if drawls:
                word = REPEATED.sub(r"\1\1", word)
            word = SPELLINGS.get(word, word)
        elif kind == "number":
            word = "<number>"
        elif kind == "mark":
            word = raw if len(raw) < 2 else raw[:2]
        elif kind == "emoji":
            word = re.sub(_LOOKS, "", raw) or raw
        elif kind == "face":
            if faces.only_looks_like_one(raw, text, *match.span()):
                continue
            word = faces.plain(raw)
        else:
            word = raw
        tokens.append(Token(kind, word, raw))
    if len(tokens) > MAX_TOKENS:
        tokens[MAX_TOKENS - _TAIL_TOKENS : -_TAIL_TOKENS] = []
    return tokens
