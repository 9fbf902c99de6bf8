"""Which sentences are in a language that the model does not know, so that it does not read them as English.

"die" is an article in German, and "pain" is bread in French. What tells is mostly small: the commonest words
of each language, elisions, letters with accents, and other scripts.
"""

import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from operator import itemgetter

from . import faces
from .common_words import BORROWED, ENGLISH, SHARED, WORDS
from .shorthand import SPELLINGS
from .stopwords import STOP_WORDS
from .text import REPEATED

_ENGLISH = STOP_WORDS | SPELLINGS.keys() | ENGLISH | SHARED
_TELLING = frozenset(" ".join(WORDS.values()).split()) - _ENGLISH

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_SENTENCE = r"[^.!?。！？\n]+[.!?。！？\n]*"
# French and Italian: "j'ai", "l'ho", "dell'anno".
_ELISION = r"\b(?:[cdjlmnst]|qu|(?:[dnsc]|qual|quell|quest|un|all|dall|dell|nell|sull))'[aeiouhàâéèêëîïôû]"

_UNREAD = rf"(?x)({faces.PATTERN})|[\w\x01-\x03]+(?:'\w+)*|[!?.,;:()\"]"


def read_english(text: str, known: Callable[[str], bool]) -> str:
    """Return a text without the words of its sentences in other languages; their faces and emoji stay.

    Parameters
    ----------
    known
        Tells whether the lexicons have an English word.
    """
    lower = text.lower()
    words = set(_WORD.findall(lower))
    strange = not lower.isascii() or ("'" in lower and re.search(_ELISION, lower) is not None)
    if not strange and _TELLING.isdisjoint(words) and not _all_unknown(words, known):
        return text
    whole = _is_foreign(words, known)

    def read(match: re.Match[str]) -> str:
        sentence = match.group()
        foreign = _is_foreign(set(_WORD.findall(sentence.lower())), known)
        return re.sub(_UNREAD, _face, sentence) if (whole if foreign is None else foreign) else sentence

    return re.sub(_SENTENCE, read, text)


def _face(match: re.Match[str]) -> str:
    return match[1] or " "


def _is_foreign(words: set[str], known: Callable[[str], bool]) -> bool | None:
    """Tell whether words are rather of another language than of English; None if nothing tells."""
    scores: Counter[str] = Counter()
    strange = 0  # elisions, accents and other scripts
    for word in words:
        languages = _languages().get(word, ())
        scores.update(dict.fromkeys(languages, 1 if word in _ENGLISH or word in BORROWED else 2))
        if not languages and word not in _ENGLISH:
            strange += 2 if re.match(_ELISION, word) else not word.isascii()
    best, score = max(scores.items(), key=itemgetter(1), default=("", 0))
    english = 0
    for word in words:
        shared = best in _languages().get(word, ())
        if word in STOP_WORDS:
            english += 1 if shared else 2
        elif not shared:
            english += word in _ENGLISH or known(word)
    if strange or not _TELLING.isdisjoint(words):
        return score + strange > english
    return _all_unknown(words, known) or (False if english else None)


def _all_unknown(words: set[str], known: Callable[[str], bool]) -> bool:
    """Tell whether several words are all unknown. A single one may be English with a slip of the pen."""
    return len(words) > 1 and not any(word in _ENGLISH or known(REPEATED.sub(r"\1", word)) for word in words)


@cache
def _languages() -> dict[str, tuple[str, ...]]:
    """Return the languages of each word; made when the first sentence raises the question."""
    found: dict[str, tuple[str, ...]] = {}
    for language, words in WORDS.items():
        for word in words.split():
            found[word] = (*found.get(word, ()), language)
    return found
