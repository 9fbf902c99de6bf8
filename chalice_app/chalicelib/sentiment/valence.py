"""Which words carry feeling, and how the words around them change it: negation, degree, contrast, emphasis.

The rules follow VADER's ideas (Hutto and Gilbert, 2014): a booster before a word strengthens it, a
negation within three words turns it, "but" shifts weight to what follows, capitals emphasise.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .text import Token

NEGATION_REACH = 3
"""How many words after a negation are still negated, unless punctuation or a contrast ends it sooner."""

_TURN = -0.74
_CAPITALS = 0.733
_BOOST = 0.293
_MOCKED = -1.5
_OTHER_SENSE = 0.8

_NEGATION_WORDS = """
    not no never none nope nor neither nobody nothing nowhere without cannot hardly barely scarcely
    rarely seldom cant wont dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt couldnt
    shouldnt wouldnt aint don't doesn't didn't isn't aren't wasn't weren't hasn't haven't hadn't can't
    couldn't shouldn't wouldn't won't ain't mustn't needn't nah
    """
NEGATIONS = frozenset(_NEGATION_WORDS.split())
_CONTRASTS = frozenset(("but", "however", "although", "though", "yet", "except"))
_STRONGER_WORDS = """
    absolutely amazingly awfully completely considerably deeply damn effing enormously entirely
    especially exceptionally extremely fabulously freaking flipping frickin fucking fuckin fully greatly
    hella highly hugely incredibly insanely intensely literally majorly mad mega more most particularly
    perfectly pretty purely quite real really remarkably ridiculously seriously so soo spectacularly
    strongly substantially such super thoroughly too total totally tremendously truly uber ultra
    unbelievably utterly very way wicked
    """
_STRONGER = frozenset(_STRONGER_WORDS.split())
_WEAKER_WORDS = """
    almost fairly kinda kindof less little marginally mildly moderately occasionally partly relatively
    slightly somewhat sorta sortof abit bit
    """
_WEAKER = frozenset(_WEAKER_WORDS.split())


Phrases = Mapping[str, Sequence[tuple[str, ...]]]
"""Entries of several words by their first two words, the longest first."""


class Feeling(NamedTuple):
    """A word or phrase that carries feeling: ``valence`` after all rules, and the negation that turned it.

    ``length`` is of how many tokens it is made.
    """

    position: int
    valence: float
    negation: int | None
    length: int = 1


class Reading(NamedTuple):
    """What the rules found: the feelings, by which token each is negated, and whether there is a contrast."""

    feelings: list[Feeling]
    negated_by: list[int | None]
    contrast: bool


def phrases_of(lexicon: Mapping[str, float]) -> dict[str, list[tuple[str, ...]]]:
    """Return the entries of a lexicon that have several words."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for entry in sorted(lexicon, key=len, reverse=True):
        words = tuple(entry.split(" "))
        if len(words) > 1:
            found.setdefault(" ".join(words[:2]), []).append(words)
    return found


def senses_of(lexicon: Mapping[str, float]) -> frozenset[str]:
    """Return the phrases with a negation, and those with another feeling than their words."""
    found = set()
    for entry, value in lexicon.items():
        words = entry.split(" ")
        if len(words) > 1:
            parts = sum(lexicon.get(word, 0.0) for word in words)
            other = parts * value <= 0 and abs(parts - value) > _OTHER_SENSE
            if other or any(word in NEGATIONS or word.endswith("n't") for word in words):
                found.add(entry)
    return frozenset(found)


def read(tokens: Sequence[Token], lexicon: Mapping[str, float], phrases: Phrases | None = None) -> Reading:
    """Apply the rules to the tokens of one text.

    Parameters
    ----------
    lexicon
        Valence, about -4 to 4, of words, phrases, faces and emoji.
    phrases
        `phrases_of` the lexicon. No word of a phrase counts alone, nor does it negate what
        follows the phrase.
    """
    lengths = _phrases(tokens, phrases or {})
    within = {
        position: start + length
        for start, length in lengths.items()
        for position in range(start, start + length)
    }
    negated_by = _negations(tokens, within)
    shouting = _shouts(tokens)
    contrast = next((i for i, token in enumerate(tokens) if i and token.word in _CONTRASTS), None)
    feelings = []
    for i, token in enumerate(tokens):
        length = lengths.get(i, 1)
        if length > 1:
            valence: float | None = lexicon[" ".join(each.word for each in tokens[i : i + length])]
        elif i in within or (token.word in NEGATIONS and i + 1 < len(tokens)):
            continue
        else:
            valence = lexicon.get(token.word)
        if valence is None:
            continue
        if valence and shouting and token.kind == "word" and len(token.raw) > 1 and token.raw.isupper():
            valence += _CAPITALS if valence > 0 else -_CAPITALS
        for distance in (1, 2):
            if i >= distance:
                boost = _boost(tokens[i - distance].word) / distance
                valence += boost if valence > 0 else -boost
        negation = negated_by[i]
        if negation is not None:
            valence *= _TURN
        if contrast is not None:
            valence *= 0.5 if i < contrast else 1.5
        feelings.append(Feeling(i, valence, negation, length))
    return Reading(feelings, negated_by, contrast is not None)


def mocking(reading: Reading, praise: int) -> Reading:
    """Return a reading in which the praise at a position is meant to mock."""
    others = [feeling for feeling in reading.feelings if feeling.position != praise]
    return reading._replace(feelings=[Feeling(praise, _MOCKED, None), *others])


def negates(token: Token) -> bool:
    """Tell whether a word negates what follows."""
    return token.word in NEGATIONS or token.word.endswith("n't")


def _phrases(tokens: Sequence[Token], phrases: Phrases) -> dict[int, int]:
    """Length by position of the phrases in a text, from left to right, none over another."""
    found: dict[int, int] = {}
    end = 0
    for i, token in enumerate(tokens):
        if i < end:
            continue
        following = tokens[i + 1].word if i + 1 < len(tokens) else ""
        for words in phrases.get(f"{token.word} {following}", ()):
            if len(words) <= len(tokens) - i and all(
                tokens[i + k].word == word for k, word in enumerate(words)
            ):
                found[i], end = len(words), i + len(words)
                break
    return found


def _boost(word: str) -> float:
    if word in _STRONGER:
        return _BOOST
    return -_BOOST if word in _WEAKER else 0.0


def _negations(tokens: Sequence[Token], within: Mapping[int, int]) -> list[int | None]:
    """For each token the position of the negation whose reach it is in.

    ``within`` has the end of its phrase for each token of one: a negation there reaches no further.
    """
    by: list[int | None] = []
    current: int | None = None
    left = end = 0
    for i, token in enumerate(tokens):
        if i >= end or token.kind in ("mark", "face", "emoji") or token.word in _CONTRASTS:
            current = None
        by.append(current if token.kind == "word" else None)
        if negates(token):
            current, left, end = i, NEGATION_REACH, within.get(i, len(tokens))
        elif current is not None and token.word not in _STRONGER:
            left -= 1
            if not left:
                current = None
    return by


def _shouts(tokens: Sequence[Token]) -> bool:
    """Whether some words, but not all, are in capitals: only then capitals emphasise."""
    words = [token.raw for token in tokens if token.kind == "word" and len(token.raw) > 1]
    loud = sum(map(str.isupper, words))
    return 0 < loud < len(words)
