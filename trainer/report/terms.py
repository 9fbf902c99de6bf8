"""The scores of single words, and which words may be shown."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from chalicelib.sentiment.compiled import CompiledModel
from chalicelib.sentiment.stopwords import STOP_WORDS

MIN_TEXTS = 15
SHOWN_TERMS = 14
_WORD = re.compile(r"[a-z]{3,}")


def public_words(texts: Iterable[str]) -> list[str]:
    """Return the words that stand in at least `MIN_TEXTS` packaged texts.

    Only these are shown: a word that the model knows only from people's messages stays out of the report.
    """
    counted = Counter(word for text in texts for word in set(_WORD.findall(text.lower())))
    return sorted(word for word, n in counted.items() if n >= MIN_TEXTS and word not in STOP_WORDS)


def scores(model: CompiledModel, words: Sequence[str]) -> dict[str, float]:
    """Return P(positive) - P(negative) of each word alone."""
    found: dict[str, float] = {}
    for word in words:
        negative, _, positive = model.probabilities(word)
        found[word] = positive - negative
    return found


def strongest(found: dict[str, float]) -> list[tuple[str, float]]:
    """Return the most positive words, then the most negative ones, the strongest last."""
    ranked = sorted(found.items(), key=lambda item: -item[1])
    return [*ranked[:SHOWN_TERMS], *ranked[-SHOWN_TERMS:]] if len(ranked) > 2 * SHOWN_TERMS else ranked


def changed(now: dict[str, float], before: dict[str, float]) -> list[tuple[str, float]]:
    """Return the words whose score moved most, with the movement."""
    moved = [(word, now[word] - before[word]) for word in now]
    return sorted((m for m in moved if abs(m[1]) >= 0.005), key=lambda item: -abs(item[1]))[:SHOWN_TERMS]
