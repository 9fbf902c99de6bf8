"""What somebody looks for in messages, and whether a message has it."""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from chalicelib.domain.messages import Message
from chalicelib.domain.text import name_key
from chalicelib.errors import Invalid

MAX_QUERY_LENGTH = 200
# The rules of `folded` and `block_texts`: blocks that were made by others are made anew. Whoever changes them
# counts up.
FOLDING = f"1 {unicodedata.unidata_version}"

_PART = re.compile(r'(?P<from>from:)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))', re.IGNORECASE)


class Query(NamedTuple):
    """Words and phrases that must all occur, folded; and, if any are given, the names of the senders."""

    words: tuple[str, ...]
    names: frozenset[str] = frozenset()

    def finds(self, message: Message) -> bool:
        """Return whether a message has everything that is looked for."""
        return not message.deleted and self._has(_name(message.user.name), folded(message.text))

    def found_in(self, texts: str) -> list[int]:
        """Return the positions of those messages of a block that have it, ascending."""
        # Most blocks have nothing: they are not taken apart.
        if not texts or not all(word in texts for word in self.words):
            return []
        lines = (line.split("\t", 2) for line in texts.split("\n"))
        return [int(position) for position, name, text in lines if self._has(name, text)]

    def _has(self, name: str, text: str) -> bool:
        """Return whether the folded name and text of a message have it."""
        return (not self.names or name in self.names) and all(word in text for word in self.words)


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


def block_texts(messages: Sequence[Message]) -> str:
    """Return what `Query.found_in` needs of messages, the deleted ones left out.

    Each is a line of its position, its sender's name and its text, both folded, with tabs between: what is
    folded has neither.
    """
    return "\n".join(
        f"{message.seq}\t{_name(message.user.name)}\t{folded(message.text)}"
        for message in messages
        if not message.deleted
    )


def folded(text: str) -> str:
    """Return a text without case, accents, and differences of width and of spaces."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(character for character in apart if unicodedata.category(character) != "Mn")
    return " ".join(bare.split())


def _name(name: str) -> str:
    return folded(name_key(name))
