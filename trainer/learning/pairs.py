"""What two people may teach whom nothing but time tells apart: of any word, next to nothing."""

import re
from collections import Counter
from collections.abc import Iterable

from chalicelib.sentiment.stopwords import STOP_WORDS

from .voices import Voice

MAX_TEXTS_OF_A_WORD = 2
"""In how many texts that only the same two known voices agree on a word may stand."""

MAX_TEXTS = 5
"""How many texts the same two known voices teach alone, however few others teach."""

PART = 0.05
"""How many they teach, as a part of the texts on which enough voices agree."""

_WORD = re.compile(r"\w+", re.UNICODE)


class PairLimit:
    """Counts the words of the texts that two voices alone teach.

    The two may be one person, whose texts would all be about what they want to turn. Whoever labels what is
    said in a chat seldom meets the same word. Words can be disguised, so the texts are limited as well:
    a pair teaches `MAX_TEXTS`, and more only as a part of what others teach.
    """

    def __init__(self) -> None:
        self._counted: Counter[tuple[frozenset[str], str]] = Counter()
        self._taught: Counter[frozenset[str]] = Counter()
        self._others = 0

    def others_taught(self) -> None:
        """Count a text on which enough voices agree."""
        self._others += 1

    def admits(self, voices: Iterable[Voice], text: str) -> bool:
        """Count a text for two voices and return True, unless one of its words was in too many of theirs."""
        pair = frozenset(voice.id for voice in voices)
        said = _WORD.findall(text.casefold())
        telling = {word for word in said if word not in STOP_WORDS} or {*said} or {*text.split()}
        words = {(pair, word) for word in telling}
        if self._taught[pair] >= max(MAX_TEXTS, PART * self._others):
            return False
        if any(self._counted[word] >= MAX_TEXTS_OF_A_WORD for word in words):
            return False
        self._counted.update(words)
        self._taught[pair] += 1
        return True
