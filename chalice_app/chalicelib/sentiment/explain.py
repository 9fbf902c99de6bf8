"""Which words moved the score: a linear model's own answer."""

import math
from collections.abc import Callable

from .featuriser import Features, pieces_of, term
from .stopwords import STOP_WORDS

MOST = 4
_SMALLEST = 0.08


def because(
    features: Features,
    polarity_of: Callable[[list[str], list[str]], float],
    dense_polarity: Callable[[list[float]], float],
) -> tuple[tuple[str, float], ...]:
    """Return the few terms with the largest pull, strongest first.

    Each weight is the term's part of the log-odds of positive against negative: what the model gives the
    word itself, and its share of what the lexicons' readings of the text contribute. A negated word comes
    with its negation ("not … good"). Stop words and parts of links are never among them.
    """
    tokens, reading = features.tokens, features.reading
    valence = {feeling.position: feeling.valence for feeling in reading.feelings}
    strength = sum(map(abs, valence.values()))
    lexical = abs(dense_polarity(features.dense)) / strength if strength else 0.0
    by_words = 1.0 / math.sqrt(len(features.words) or 1)
    by_pieces = 1.0 / math.sqrt(len(features.pieces) or 1)
    pulls: dict[str, float] = {}
    for i, token in enumerate(tokens):
        if token.kind not in ("word", "face", "emoji") or token.word in STOP_WORDS:
            continue
        negation = reading.negated_by[i]
        name = term(token)
        pull = lexical * valence.get(i, 0.0)
        pull += by_words * polarity_of([name if negation is None else f"not_{name}"], [])
        if token.kind == "word":
            pull += by_pieces * polarity_of([], pieces_of(name))
        shown = token.raw.removeprefix("#") if token.kind == "word" else token.raw
        if negation is not None:
            gap = " " if negation == i - 1 else " … "
            shown = f"{tokens[negation].raw}{gap}{shown}"
        shown = shown.lower() if token.kind == "word" else shown
        pulls[shown] = pulls.get(shown, 0.0) + pull
    strongest = sorted(pulls.items(), key=lambda item: -abs(item[1]))[:MOST]
    return tuple((shown, round(pull, 2)) for shown, pull in strongest if abs(pull) >= _SMALLEST)
