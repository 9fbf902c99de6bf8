"""Which words moved the score, and how far, in units of the score."""

import math
from collections.abc import Callable
from typing import NamedTuple

from .featuriser import Features, pairs_of, term
from .stopwords import STOP_WORDS
from .text import Token

MAX_TERMS = 4
_SMALLEST = 0.02
_STEPS = 8

Logits = tuple[float, float, float]
"""Of negative, neutral and positive."""
_NONE: Logits = (0.0, 0.0, 0.0)


class Parts(NamedTuple):
    """What a model says about one text and its parts, in logits.

    ``nothing`` are the logits of a text without known terms; ``of_term(term)`` is what a term of the
    vocabulary adds, once a text; ``of_word(term, word)`` what a word adds by its spelling and meaning, each
    time; ``lexical`` is how far the lexicons' readings together move positive against negative.
    """

    logits: Logits
    nothing: Logits
    of_term: Callable[[str], Logits | None]
    of_word: Callable[[str, str], Logits]
    lexical: float


def softmax(logits: Logits) -> Logits:
    """Return the probabilities of three logits."""
    highest = max(logits)
    negative, neutral, positive = (math.exp(value - highest) for value in logits)
    total = negative + neutral + positive
    return negative / total, neutral / total, positive / total


def because(features: Features, parts: Parts) -> tuple[tuple[str, float], ...]:
    """Return the few terms that moved the score most, strongest first, each with how far it moved it.

    The weights are integrated gradients (Sundararajan, Taly and Yan, 2017) of the score along the way from
    nothing to the text. With those of what is not shown (stop words, marks) they add up to the difference of
    the two scores. None is shown beyond -1 and 1.
    A negated word comes with its negation ("not … good"). Stop words, numbers and parts of links are never
    among them.
    """
    found = _contributions(features, parts)
    if not found:
        return ()
    slope = _mean_slope(parts.nothing, parts.logits)
    weights = {shown: _product(slope, contribution) for shown, contribution in found.items()}
    strongest = sorted(weights.items(), key=lambda item: -abs(item[1]))[:MAX_TERMS]
    return tuple(
        (shown, round(max(-1.0, min(1.0, weight)), 2))
        for shown, weight in strongest
        if abs(weight) >= _SMALLEST
    )


def _contributions(features: Features, parts: Parts) -> dict[str, Logits]:
    """Return what each term adds to the logits.

    That is its own weight, its share of the pairs that it is in, and its share of what the lexicons say.
    """
    tokens, reading, silent = features.tokens, features.reading, features.silent
    feelings = {feeling.position: feeling for feeling in reading.feelings}
    lexical = _lexical_shares([feeling.valence for feeling in reading.feelings], parts.lexical)
    shares = dict(zip(feelings, lexical, strict=True))
    # A word of a phrase adds what it adds to the whole phrase, and is not named alone.
    start = {p: f.position for f in reading.feelings for p in range(f.position, f.position + f.length)}
    found: dict[str, Logits] = {}
    names: list[str | None] = [None] * len(tokens)
    seen: set[str] = set()
    for i, token in enumerate(tokens):
        feeling = feelings.get(start.get(i, -1))
        length = feeling.length if feeling else 1
        if token.kind not in ("word", "face", "emoji") or (length == 1 and token.word in STOP_WORDS):
            continue
        negation = reading.negated_by[i]
        name = term(token) if negation is None else f"not_{term(token)}"
        first = feeling.position if feeling else i
        shown = " ".join(map(_shown, tokens[first : first + length]))
        if negation is not None and negation < first:
            shown = f"{_shown(tokens[negation])}{' ' if negation == first - 1 else ' … '}{shown}"
        half = 0.5 * shares[first] if feeling and i == first else 0.0
        names[i] = shown
        spelled = token.kind == "word" and i not in silent
        negative, neutral, positive = parts.of_word(name, token.word) if spelled else _NONE
        _add(found, shown, (negative - half, neutral, positive + half))
        if i not in silent and name not in seen:
            seen.add(name)
            once = parts.of_term(name)
            if once is not None:
                _add(found, shown, once)
    for i, pair in enumerate(pairs_of(tokens)):
        both = parts.of_term(pair)
        if both is None or pair in seen:
            continue
        seen.add(pair)
        members = [name for name in (names[i - 1] if i else None, names[i]) if name is not None]
        for name in members:
            _add(found, name, both, 1.0 / len(members))
    return found


def _add(found: dict[str, Logits], name: str, more: Logits, part: float = 1.0) -> None:
    negative, neutral, positive = found.get(name, _NONE)
    found[name] = (negative + part * more[0], neutral + part * more[1], positive + part * more[2])


def _shown(token: Token) -> str:
    return token.raw.lower().removeprefix("#") if token.kind == "word" else token.raw


def _lexical_shares(valences: list[float], lexical: float) -> list[float]:
    """Divide what the lexicons add among the words that carry feeling.

    Each part is in proportion to the word's valence and has its sign. Parts with the sign of the whole are
    increased, so that all parts add up to the whole.
    """
    strength = sum(map(abs, valences)) or 1.0
    unit = abs(lexical) / strength
    agreeing = sum(abs(valence) for valence in valences if valence * lexical > 0)
    more = 1.0 + 2.0 * (strength - agreeing) / agreeing if agreeing else 1.0
    return [unit * valence * (more if valence * lexical > 0 else 1.0) for valence in valences]


def _mean_slope(start: Logits, end: Logits) -> Logits:
    """Return how the score changes with each logit, averaged along the way from start to end."""
    slopes = [0.0, 0.0, 0.0]
    for step in range(_STEPS):
        done = (step + 0.5) / _STEPS
        negative, neutral, positive = (a + done * (b - a) for a, b in zip(start, end, strict=True))
        p = softmax((negative, neutral, positive))
        score = p[2] - p[0]
        for i, sign in enumerate((-1.0, 0.0, 1.0)):
            slopes[i] += p[i] * (sign - score) / _STEPS
    return slopes[0], slopes[1], slopes[2]


def _product(a: Logits, b: Logits) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
