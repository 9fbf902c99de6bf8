"""Which words moved the score: a linear model's own answer."""

from collections.abc import Callable
from typing import NamedTuple

from .featuriser import Features, term
from .stopwords import STOP_WORDS

MOST = 4
_SMALLEST = 0.08


class Pulls(NamedTuple):
    """What a model says about the parts of one text, in log-odds of positive against negative.

    ``of_term(term, word)`` is the pull of a term of the vocabulary, with that of the word it is spelled
    with, if it is one; ``of_dense`` is the pull of all readings of lexicons and style together.
    """

    of_term: Callable[[str, str | None], float]
    of_dense: float


def because(features: Features, pulls: Pulls) -> tuple[tuple[str, float], ...]:
    """Return the few terms with the largest pull, strongest first.

    Each weight is what the model gives the word itself and its share of what the lexicons' readings of the
    text contribute. A negated word comes with its negation ("not … good"). Stop words and parts of links
    are never among them.
    """
    tokens, reading = features.tokens, features.reading
    valence = {feeling.position: feeling.valence for feeling in reading.feelings}
    strength = sum(map(abs, valence.values()))
    lexical = abs(pulls.of_dense) / strength if strength else 0.0
    found: dict[str, float] = {}
    for i, token in enumerate(tokens):
        if token.kind not in ("word", "face", "emoji") or token.word in STOP_WORDS:
            continue
        negation = reading.negated_by[i]
        name = term(token) if negation is None else f"not_{term(token)}"
        pull = lexical * valence.get(i, 0.0)
        pull += pulls.of_term(name, token.word if token.kind == "word" else None)
        shown = token.raw.lower().removeprefix("#") if token.kind == "word" else token.raw
        if negation is not None:
            shown = f"{tokens[negation].raw.lower()}{' ' if negation == i - 1 else ' … '}{shown}"
        found[shown] = found.get(shown, 0.0) + pull
    strongest = sorted(found.items(), key=lambda item: -abs(item[1]))[:MOST]
    return tuple((shown, round(pull, 2)) for shown, pull in strongest if abs(pull) >= _SMALLEST)
