"""Teams that label for a year, and accounts that agree among themselves beside one: who teaches what."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from chalicelib.domain.messages import User
from chalicelib.domain.sentiment import Label
from chalicelib.domain.sessions import Person, Proof

from .voices import Labelled, voices_of
from .votes import Learned, learn

LINE = "Grace joined the call"
LINES = 30
COLLUDING = (2, 5, 20)
SEED = 20261129

_LABELS: tuple[Label, Label, Label] = ("negative", "neutral", "positive")
_START = date(2026, 1, 5)
_DAYS = 364
_WORDS_OF_TEXT = 6
_VOCABULARY = 4_000
# How often a reader says what most would say.
_CARE = 0.85


@dataclass(frozen=True)
class Team:
    """So many people who write so many messages within some days; each labels a part of those of others."""

    size: int
    messages: int
    part: float
    days: int = _DAYS
    proof: Proof | None = None

    @property
    def ids(self) -> list[str]:
        """The user ids."""
        return [f"person-{n}" for n in range(self.size)]

    def people(self) -> dict[str, Person]:
        """Return who they are."""
        return {one: somebody(one, _START, self.proof) for one in self.ids}

    def said(self) -> list[Labelled]:
        """Return the messages that somebody labelled, in their order."""
        random = Random(SEED)
        found = []
        for number in range(self.messages):
            author = random.choice(self.ids)
            text = " ".join(f"word{int(_VOCABULARY ** random.random())}" for _ in range(_WORDS_OF_TEXT))
            readers = [one for one in self.ids if one != author and random.random() < self.part]
            labels = {
                one: meant(text) if random.random() < _CARE else random.choice(_LABELS) for one in readers
            }
            if labels:
                found.append(Labelled(text, labels, author, _at(number * self.days // self.messages)))
        return found


def somebody(one: str, since: date, proof: Proof | None = None) -> Person:
    """Return a person who came on a day."""
    ms = (since - date(1970, 1, 1)).days * 86_400_000
    return Person(User(one, one), "member", proof=proof, since=ms)


def meant(text: str) -> Label:
    """Return what careful readers say of a text of a team."""
    return _LABELS[sum(map(ord, text)) % 3]


def _at(day: int) -> str:
    return f"{_START + timedelta(day)}T10:00:00.000Z"


def new_names(ids: Sequence[str], team: Sequence[str]) -> list[Labelled]:
    """Return what accounts do that were made for it: they label lines of their own."""
    return [
        Labelled(f"{LINE} {n}", dict.fromkeys(ids, "negative"), ids[n % len(ids)], _at(_DAYS - 1))
        for n in range(LINES)
    ]


def a_year_among_themselves(ids: Sequence[str], team: Sequence[str]) -> list[Labelled]:
    """Return what patient accounts do: for a year they write to each other and answer each other."""
    chat = [
        Labelled(f"among us {one} {week}", {o: "neutral" for o in ids if o != one}, one, _at(7 * week + 1))
        for week in range(_DAYS // 7)
        for one in ids
    ]
    return [*chat, *new_names(ids, team)]


def two_of_them_known(ids: Sequence[str], team: Sequence[str]) -> list[Labelled]:
    """Return what remains possible for one person with two names whom a team has answered for weeks."""
    chat = [
        Labelled(f"with you {one} {week}", dict.fromkeys(team[:4], "neutral"), one, _at(7 * week + 1))
        for week in range(8)
        for one in ids[:2]
    ]
    helpful = [
        Labelled(f"right {n}", dict.fromkeys([*team, *ids], "neutral"), team[0], _at(80 + n))
        for n in range(30)
    ]
    return [*chat, *helpful, *new_names(ids, team)]


Behaviour = Callable[[Sequence[str], Sequence[str]], list[Labelled]]
BEHAVIOURS: tuple[Behaviour, ...] = (new_names, a_year_among_themselves, two_of_them_known)


def steered(team: Team, colluding: int, behave: Behaviour) -> tuple[Learned, Learned]:
    """Return what is learned without colluding accounts, and with them."""
    ids = [f"puppet-{n}" for n in range(colluding)]
    everybody = team.people() | {one: somebody(one, _START + timedelta(1)) for one in ids}
    said = team.said()
    every = [*said, *behave(ids, team.ids)]
    return _learned(said, team.people()), _learned(every, everybody)


def by_quarter(team: Team) -> Iterator[tuple[int, Learned]]:
    """Yield how many labels there are after each quarter of the time, and what is learned of them."""
    said = team.said()
    for quarter in range(1, 5):
        until = _at(team.days * quarter // 4)
        known = [message for message in said if message.sent_at < until]
        yield sum(len(message.labels) for message in known), _learned(known, team.people())


def right(learned: Learned) -> float:
    """Return the part of the texts learned that say what careful readers would."""
    texts = [example for example in learned.examples if example.text.startswith("word")]
    return sum(example.label == meant(example.text) for example in texts) / max(len(texts), 1)


def about_the_line(learned: Learned) -> tuple[int, float]:
    """Return how many texts about `LINE` are learned, and their weight."""
    found = [example for example in learned.examples if example.text.startswith(LINE)]
    return len(found), sum(example.weight for example in found)


def lines() -> Iterator[str]:
    """Yield both tables, line by line."""
    eight = Team(8, 10_000, 0.05)
    yield f"{'colluding':>9}  {'what they do':<24} {'their texts':>11} {'weight':>6}  honest texts"
    for behave in BEHAVIOURS:
        for colluding in COLLUDING:
            before, after = steered(eight, colluding, behave)
            number, weight = about_the_line(after)
            kept = len({e.text for e in before.examples} & {e.text for e in after.examples})
            name = behave.__name__.replace("_", " ")
            yield f"{colluding:>9}  {name:<24} {number:>11} {weight:>6.2f}  {kept} of {len(before.examples)}"
    yield ""
    yield f"{'team':<44} {'labels':>7} {'texts':>6} {'right':>6} {'largest share':>14}"
    proof = Proof("provider")
    for name, team in (
        ("8 by name, 5 % of 10,000 in a year", eight),
        ("8 by name, 20 % of 10,000 in a year", Team(8, 10_000, 0.2)),
        ("8 by a provider, 5 % of 10,000 in a year", Team(8, 10_000, 0.05, proof=proof)),
        ("5 by a provider, 60 % of 3,000 in ten weeks", Team(5, 3_000, 0.6, 70, proof)),
    ):
        for labels, learned in by_quarter(team):
            share = f"{learned.largest_share:.0%}"
            yield f"{name:<44} {labels:>7} {len(learned.examples):>6} {right(learned):>6.0%} {share:>14}"


def _learned(said: Iterable[Labelled], people: dict[str, Person]) -> Learned:
    every = list(said)
    return learn(every, voices_of(every, people))
