"""Which words moved the score, and how far, in units of the score."""

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple

from ..domain.sentiment import Label
from .featuriser import Features, pairs_of, term
from .stopwords import STOP_WORDS
from .text import Token

MAX_TERMS = 4
_SMALLEST = 0.02
_EXPLAINED = 0.5
"""Part of the score that the terms shown shall explain."""
_STEPS = 8

Logits = tuple[float, float, float]
"""Of negative, neutral and positive."""
_NONE: Logits = (0.0, 0.0, 0.0)


class Parts(NamedTuple):
    """What a model says about one text and its parts, in logits.

    ``nothing`` are the logits of a text without known terms; ``of_term(term)`` is what a term of the
    vocabulary adds, once a text; ``of_word(term, word)`` what a word adds by its spelling and meaning,
    each time; ``lexical`` is what the lexicons' readings add together; ``marks`` what it adds that a text
    is full of marks ("!", "?", "..").
    """

    logits: Logits
    nothing: Logits
    of_term: Callable[[str], Logits | None]
    of_word: Callable[[str, str], Logits]
    lexical: Logits
    marks: Callable[[], Mapping[str, Logits]]


def softmax(logits: Logits) -> Logits:
    """Return the probabilities of three logits."""
    highest = max(logits)
    negative, neutral, positive = (math.exp(value - highest) for value in logits)
    total = negative + neutral + positive
    return negative / total, neutral / total, positive / total


def because(features: Features, parts: Parts, label: Label) -> tuple[tuple[str, float], ...]:
    """Return the few terms that moved the score most, each with how far it moved it.

    The weights are integrated gradients (Sundararajan, Taly and Yan, 2017) of the score along the way
    from nothing to the text. With those of what is not shown they add up to the difference of the two
    scores. None is shown beyond -1 and 1. A negated word comes with its negation ("not … good"). Stop
    words and marks are among them only if the other terms explain less than half of the score. What
    speaks against the label is shown only if it is weaker than what speaks for it, and leaves half of the
    score explained. Numbers and parts of links are never shown.
    """
    slope = _mean_slope(parts.nothing, parts.logits)
    p = softmax(parts.logits)
    score = p[2] - p[0]
    words = _weighed(_contributions(features, parts), slope)
    if label == "neutral":
        return _shown_terms(words[:MAX_TERMS])
    sign = 1.0 if label == "positive" else -1.0
    wanted = _EXPLAINED * score * sign
    speaking = [item for item in words if item[1] * sign > 0]
    if _total(speaking[:MAX_TERMS]) * sign < wanted:
        known = {shown for shown, _ in words}
        every = _weighed(_contributions(features, parts, stop_words=True), slope)
        helping = [item for item in every if item[1] * sign > 0 and item[0] not in known]
        speaking = _strongest_first([*speaking, *helping])
    if not speaking:
        return ()
    against = [item for item in words if item[1] * sign < 0 and abs(item[1]) < abs(speaking[0][1])]
    # As many objections as leave half of the score explained: the weakest ones, if not all do.
    while _total(_strongest_first([*speaking, *against])[:MAX_TERMS]) * sign < wanted and against:
        against.pop(0)
    return _shown_terms(_strongest_first([*speaking, *against])[:MAX_TERMS])


def _total(items: "Weighed") -> float:
    return sum(weight for _, weight in items)


Weighed = list[tuple[str, float]]


def _weighed(found: Mapping[str, Logits], slope: Logits) -> Weighed:
    """Return terms with their weights, the strongest first; not those that hardly weigh anything."""
    weights = [(shown, _product(slope, contribution)) for shown, contribution in found.items()]
    return _strongest_first([item for item in weights if abs(item[1]) >= _SMALLEST])


def _strongest_first(items: Weighed) -> Weighed:
    return sorted(items, key=lambda item: -abs(item[1]))


def _shown_terms(items: Weighed) -> tuple[tuple[str, float], ...]:
    return tuple((shown, round(max(-1.0, min(1.0, weight)), 2)) for shown, weight in items)


def _contributions(features: Features, parts: Parts, *, stop_words: bool = False) -> dict[str, Logits]:
    """Return what each term adds to the logits; stop words and marks are left out unless asked for.

    That is its own weight, its share of the pairs that it is in, and its share of what the lexicons say.
    """
    tokens, reading, silent = features.tokens, features.reading, features.silent
    feelings = {feeling.position: feeling for feeling in reading.feelings}
    lexical = _lexical_shares([feeling.valence for feeling in reading.feelings], parts.lexical)
    shares = dict(zip(feelings, lexical, strict=True))
    # A word of a phrase adds what it adds to the whole phrase, and is not named alone.
    start = {p: f.position for f in reading.feelings for p in range(f.position, f.position + f.length)}
    found: dict[str, Logits] = dict(parts.marks()) if stop_words else {}
    weak = set(found)
    names: list[str | None] = [None] * len(tokens)
    seen: set[str] = set()
    for i, token in enumerate(tokens):
        if token.kind not in ("word", "face", "emoji"):
            mark = ".." if token.word == ".." else token.word[:1]
            names[i] = mark if mark in weak else None
            continue
        feeling = feelings.get(start.get(i, -1))
        length = feeling.length if feeling else 1
        stopped = length == 1 and token.word in STOP_WORDS
        if stopped and not stop_words:
            continue
        negation = reading.negated_by[i]
        name = term(token) if negation is None else f"not_{term(token)}"
        first = feeling.position if feeling else i
        shown = " ".join(map(_shown, tokens[first : first + length]))
        if negation is not None and negation < first and not stopped:
            shown = f"{_shown(tokens[negation])}{' ' if negation == first - 1 else ' … '}{shown}"
        if stopped:
            weak.add(shown)
        names[i] = shown
        if feeling and i == first:
            _add(found, shown, shares[first])
        if i in silent:
            continue
        if token.kind == "word":
            _add(found, shown, parts.of_word(name, token.word))
        once = None if name in seen else parts.of_term(name)
        seen.add(name)
        if once is not None:
            _add(found, shown, once)
    for i, pair in enumerate(pairs_of(tokens)):
        both = parts.of_term(pair)
        if both is None or pair in seen:
            continue
        seen.add(pair)
        members = [name for name in (names[i - 1] if i else None, names[i]) if name is not None]
        # A pair belongs to its words; to stop words and marks only if there is no other.
        members = [name for name in members if name not in weak] or members
        for name in members:
            _add(found, name, both, 1.0 / len(members))
    return found


def _add(found: dict[str, Logits], name: str, more: Logits, part: float = 1.0) -> None:
    negative, neutral, positive = found.get(name, _NONE)
    found[name] = (negative + part * more[0], neutral + part * more[1], positive + part * more[2])


def _shown(token: Token) -> str:
    return token.raw.lower().removeprefix("#") if token.kind == "word" else token.raw


def _lexical_shares(valences: list[float], lexical: Logits) -> list[Logits]:
    """Divide what the lexicons add among the words that carry feeling.

    What moves positive against negative is in proportion to the word's valence and has its sign. Parts with
    the sign of the whole are increased, so that all parts add up to the whole. What moves both against
    neutral is in proportion to the strength of each.
    """
    strength = sum(map(abs, valences)) or 1.0
    whole = lexical[2] - lexical[0]
    felt = (lexical[0] + lexical[2]) / 2
    unit = abs(whole) / strength
    agreeing = sum(abs(valence) for valence in valences if valence * whole > 0)
    more = 1.0 + 2.0 * (strength - agreeing) / agreeing if agreeing else 1.0
    shares = []
    for valence in valences:
        half = 0.5 * unit * valence * (more if valence * whole > 0 else 1.0)
        part = abs(valence) / strength
        shares.append((part * felt - half, part * lexical[1], part * felt + half))
    return shares


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
