"""What somebody looks for in messages, and whether a message has it."""

import re
import unicodedata
from typing import NamedTuple

from chalicelib.domain.messages import Message
from chalicelib.domain.text import name_key
from chalicelib.errors import Invalid

MAX_QUERY_LENGTH = 200

_PART = re.compile(r'(?P<from>from:)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))', re.IGNORECASE)


class Query(NamedTuple):
    """Words and phrases that must all occur, folded; and, if any are given, the names of the senders."""

    words: tuple[str, ...]
    names: frozenset[str] = frozenset()

    def finds(self, message: Message) -> bool:
        """Return whether a message has everything that is looked for."""
        if message.deleted or (self.names and _name(message.user.name) not in self.names):
            return False
        text = folded(message.text)
        return all(word in text for word in self.words)


class Found(NamedTuple):
    """Messages that were found, the newest first.

    ``first`` and ``last`` are the positions between which the log was looked at; ``more`` says that there are
    older ones, before ``first``.
    """

    messages: tuple[Message, ...]
    first: int
    last: int
    more: bool


def parse_query(text: str | None) -> Query:
    """Return what a query asks for: words, `"words as they stand"` and `from:name`.

    Raises
    ------
    Invalid
        It is empty, too long, or nothing but punctuation of its own.
    """
    if text is None or not 1 <= len(text.strip()) <= MAX_QUERY_LENGTH:
        size = 0 if text is None else len(text.strip())
        raise Invalid(f"q has {size} characters: it must have 1 to {MAX_QUERY_LENGTH}")
    words: list[str] = []
    names: set[str] = set()
    for part in _PART.finditer(text):
        given = part["phrase"] if part["phrase"] is not None else part["word"]
        if given.casefold() == "from:":
            continue
        if part["from"]:
            names.add(_name(given))
        else:
            words.append(folded(given))
    sought = tuple(word for word in words if word)
    if not sought and not names - {""}:
        raise Invalid('q has no word: it must have one, "words as they stand" or from:name')
    return Query(sought, frozenset(names - {""}))


def folded(text: str) -> str:
    """Return a text without case, accents, and differences of width and of spaces."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(character for character in apart if unicodedata.category(character) != "Mn")
    return " ".join(bare.split())


def _name(name: str) -> str:
    return folded(name_key(name))
