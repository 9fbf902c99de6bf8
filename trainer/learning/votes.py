"""What readers' labels are worth as training data: whom to believe, how far, and who agrees."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from chalicelib.domain.sentiment import Label

from ..corpora import LABELS, Example
from ..holdout import normal

SOURCE = "labels"
MAX_LABELS_PER_PERSON = 50
"""How many labels of one person count."""

MAX_LABELS_JUDGED_ALONE = 10
"""How many of them may be on texts that nobody else judged: one person alone can teach next to nothing."""

MAX_WEIGHT = 3.0
"""The weight of one text; a tweet of the packaged corpora, which 20 people rated, has 1."""

AGREEMENT = 2 / 3
"""The share of the trusted votes that one label must have; otherwise the text is not used."""

_CHANCE = 1 / 3
# From so many texts in common on, a person counts in full for the trust in another.
_FULL_VOICE_TEXTS = 5
_ROUNDS = 10
_MIN_WEIGHT = 0.05


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message that somebody labelled: user ids and what each said."""

    text: str
    labels: Mapping[str, Label]


@dataclass
class Ballot:
    """All votes on one text."""

    text: str
    votes: dict[str, Label] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Learned:
    """Examples, and what became of the rest, for the report."""

    examples: list[Example]
    people: int
    labels: int
    disputed: int
    untrusted: int


def learn(messages: Iterable[Labelled]) -> Learned:
    """Turn labelled messages into examples.

    * The same text in several messages is one ballot, in which each person has one vote.
    * A vote counts its person's trust: up to 1 for those with whom others agree, 0 for those whose labels
      nobody else has judged, or with whom others agree no more than by chance.
    * `MAX_LABELS_PER_PERSON` labels of each person count, those first that others have judged as well; of
      the rest no more than `MAX_LABELS_JUDGED_ALONE`.
    * The shares of a text are those of its trusted votes; a text without `AGREEMENT` is left out.
    """
    ballots = _ballots(messages)
    trust = trust_of(ballots)
    counted = _counted(ballots)
    examples: list[Example] = []
    disputed = untrusted = 0
    for number, ballot in enumerate(ballots):
        totals = dict.fromkeys(LABELS, 0.0)
        for person, label in ballot.votes.items():
            if number in counted[person]:
                totals[label] += trust[person]
        weight = sum(totals.values())
        if weight < _MIN_WEIGHT:
            untrusted += 1
        elif max(totals.values()) / weight < AGREEMENT:
            disputed += 1
        else:
            negative, neutral, positive = (totals[label] / weight for label in LABELS)
            shares = (negative, neutral, positive)
            examples.append(Example(ballot.text, shares, SOURCE, min(weight, MAX_WEIGHT)))
    labels = sum(len(ballot.votes) for ballot in ballots)
    return Learned(examples, len(trust), labels, disputed, untrusted)


def trust_of(ballots: Sequence[Ballot]) -> dict[str, float]:
    """Return how far each person is believed, 0 to 1.

    Each is judged by the others, weighted by the trust in those. Each of the others counts as one person
    however many texts they have in common, so nobody alone reduces the trust in another.
    """
    common: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for ballot in ballots:
        for person, label in ballot.votes.items():
            known = common[person]
            for other, others in ballot.votes.items():
                if other != person:
                    known[other][0] += 1
                    known[other][1] += others == label
    trust = dict.fromkeys(common, 0.0)
    for _ in range(_ROUNDS):
        trust = {person: _trust(others, trust) for person, others in common.items()}
    return trust


def _trust(others: Mapping[str, Sequence[int]], trust: Mapping[str, float]) -> float:
    # One more voice that agrees by chance: little evidence gives little trust.
    met, agreed = 1.0, _CHANCE
    for other, (texts, same) in others.items():
        # Whoever is not trusted has half a voice: somebody must have one before anybody is trusted.
        voice = (1 + trust[other]) / 2 * min(texts, _FULL_VOICE_TEXTS) / _FULL_VOICE_TEXTS
        met += voice
        agreed += voice * same / texts
    return max(0.0, (agreed / met - _CHANCE) / (1 - _CHANCE))


def _ballots(messages: Iterable[Labelled]) -> list[Ballot]:
    found: dict[str, Ballot] = {}
    for message in messages:
        if message.labels and message.text.strip():
            ballot = found.setdefault(normal(message.text), Ballot(message.text))
            ballot.votes.update(message.labels)
    return [found[text] for text in sorted(found)]


def _counted(ballots: Sequence[Ballot]) -> dict[str, set[int]]:
    """Return which ballots count for each person.

    Labels beyond the limits are chosen by hash: the person has no choice, and the next run chooses the same.
    """
    cast: dict[str, list[int]] = defaultdict(list)
    for number, ballot in enumerate(ballots):
        for person in ballot.votes:
            cast[person].append(number)

    def order(number: int) -> tuple[int, bytes]:
        return -len(ballots[number].votes), sha256(ballots[number].text.encode()).digest()

    def chosen(numbers: list[int]) -> set[int]:
        ranked = sorted(numbers, key=order)
        judged = [number for number in ranked if len(ballots[number].votes) > 1]
        return set([*judged, *ranked[len(judged) :][:MAX_LABELS_JUDGED_ALONE]][:MAX_LABELS_PER_PERSON])

    return {person: chosen(numbers) for person, numbers in cast.items()}
