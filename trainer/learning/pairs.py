"""What two people may teach whom nothing but time tells apart: of any word, next to nothing."""

import re
from collections import Counter
from collections.abc import Iterable

from chalicelib.sentiment.stopwords import STOP_WORDS

from .voices import Voice

MAX_TEXTS_OF_A_WORD = 2
"""In how many texts that only the same two known voices agree on a word may stand, and in one more for each
text with it on which enough voices agree."""

MAX_TEXTS = 5
"""How many texts the same two known voices teach alone in a season."""

MAX_WEIGHT = 0.5
"""The weight of such a text."""

SEASON_WEEKS = 13

_WORD = re.compile(r"\w+", re.UNICODE)


class PairLimit:
    """Counts the words of the texts that two voices alone teach.

    The two may be one person, whose texts would all be about what they want to turn. Whoever labels what is
    said in a chat seldom meets the same rare word. Words can be disguised, so the texts are limited as well.
    """

    def __init__(self) -> None:
        self._of_pair: Counter[tuple[frozenset[str], str]] = Counter()
        self._of_others: Counter[str] = Counter()
        self._texts: Counter[tuple[frozenset[str], int]] = Counter()

    def enough_agree(self, text: str) -> None:
        """Count a text on which enough voices agree."""
        self._of_others.update(_words(text))

    def admits(self, voices: Iterable[Voice], text: str, week: int) -> bool:
        """Count a text for two voices and return True, unless they taught too many, or one of its words."""
        pair = frozenset(voice.id for voice in voices)
        season, words = (pair, week // SEASON_WEEKS), _words(text)
        if self._texts[season] >= MAX_TEXTS:
            return False
        if any(self._of_pair[pair, w] >= MAX_TEXTS_OF_A_WORD + self._of_others[w] for w in words):
            return False
        self._of_pair.update((pair, word) for word in words)
        self._texts[season] += 1
        return True


def _words(text: str) -> set[str]:
    """Return the words that tell what a text is about; if it has none, what it has."""
    said = _WORD.findall(text.casefold())
    return {word for word in said if word not in STOP_WORDS} or set(said) or set(text.split())
