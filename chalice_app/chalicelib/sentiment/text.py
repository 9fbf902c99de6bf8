"""From raw text to tokens: capping, repair and splitting, the same in training and in Lambda."""

import html
import re
from typing import NamedTuple

from .shorthand import SPELLINGS, WITH_DIGITS

MAX_CHARACTERS = 900
"""Longer texts are read at both ends only: people put their opinion first or last."""

MAX_TOKENS = 240
"""Longer texts, of a thousand emoji for example, are read at both ends only."""

_TAIL = 300
_TAIL_TOKENS = 80
_MOJIBAKE = re.compile(
    "[ÂÃâð][\u0080-\u00bf\u2018-\u203a\u20ac\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u02c6\u02dc]"
)
_QUOTES = str.maketrans({"’": "'", "‘": "'", "´": "'", "“": '"', "”": '"', "…": "...", "\u00a0": " "})
REPEATED = re.compile(r"(\w)\1{2,}")
"""A drawl: the same letter three times or more."""

_INVISIBLE = re.compile("[\ufe0e\ufe0f\u200d\U0001f3fb-\U0001f3ff]")

_SHORT = "|".join(WITH_DIGITS)
_TOKEN = re.compile(
    rf"""
    (?P<link>(?:https?:|www\.)\S*|\bhttps?\b|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|ly|co|me|edu|gov|tv)\b(?:/\S*)?)
  | (?P<user>(?<!\w)@\w+)
  | (?P<face>
        (?<!\w)[<>]?[:;=8xX]['^o*-]?[)\](\[{{}}DPp|/\\*3@Oo$cCbSs](?!\w)
      | (?<!\w)[)\](\[D/\\]-?[:;=](?!\w)
      | <\\?/?3+ | \^[_.-]*\^ | -[_.]+- | \b[oO][_.][oO]\b | [;T]_+[;T] | >[._]+< | \\o/ )
  | (?P<word>(?<!\w)(?i:{_SHORT})(?!\w) | \#?[^\W\d_]+(?:'[^\W\d_]+)*)
  | (?P<number>\d(?:[\d.,:/]*\d)?\w*)
  | (?P<emoji>[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff])
  | (?P<mark>[!?]+|\.\.+|[.,;:()"])
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """One piece of a text.

    ``kind`` is a group of the token pattern; ``word`` is what the vocabularies and lexicons know it
    by: lower case, without the sign of a hashtag, drawls cut to two letters, shorthand spelled out; ``raw``
    is how it was written.
    """

    kind: str
    word: str
    raw: str


def clean(text: str) -> str:
    """Return the part of a text that is scored, with encoding errors repaired.

    HTML entities and UTF-8 that was once read as Windows-1252 are decoded, typographic quotes are
    made plain, and a text beyond `MAX_CHARACTERS` loses its middle.
    """
    if len(text) > MAX_CHARACTERS:
        text = f"{text[: MAX_CHARACTERS - _TAIL]} {text[-_TAIL:]}"
    if "&" in text:
        text = html.unescape(text)
    if not text.isascii():
        if _MOJIBAKE.search(text):
            text = _repair(text)
        text = text.translate(_QUOTES)
    return text


def _repair(text: str) -> str:
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:  # not what it looked like: an ordinary text with an accent
        return text


def tokenize(text: str) -> list[Token]:
    """Split cleaned text into tokens, in order; what no group matches (spaces, lone symbols) is left out."""
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
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
        else:
            word = raw
        tokens.append(Token(kind, word, raw))
    if len(tokens) > MAX_TOKENS:
        tokens[MAX_TOKENS - _TAIL_TOKENS : -_TAIL_TOKENS] = []
    return tokens
