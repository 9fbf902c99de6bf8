"""Who of those who label is a person of their own: one person under several names is one voice, or none."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from chalicelib.domain.sentiment import Label
from chalicelib.domain.sessions import Person

PROVEN = 2
"""Points of a voice that a provider, the admin code or an admin's invite tells from others."""

KNOWN = 1
"""Points of a voice that only time among others tells from others."""

CORE = 3
"""How many people make others known who are known to nobody yet: the proven ones, then who came first."""

WITNESSES = 2
"""How many known people must have answered somebody."""

DAYS, SPAN_DAYS = 3, 7
"""On how many days somebody was answered, and how far the first and the last lie apart at least."""

_DAY_MS = 86_400_000
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message that somebody labelled: its author, its time (ISO 8601), what each said, and who reacted."""

    text: str
    labels: Mapping[str, Label]
    author: str = ""
    sent_at: str = ""
    reacted: frozenset[str] = frozenset()

    @property
    def day(self) -> int:
        """The day on which it was written, counted since the epoch; 0 if that is not known."""
        return date.fromisoformat(self.sent_at[:10]).toordinal() - _EPOCH if self.sent_at else 0


class Voice(NamedTuple):
    """One or more user ids that count as one person, and what that person's agreement is worth."""

    id: str
    points: int


def voices_of(messages: Sequence[Labelled], people: Mapping[str, Person]) -> dict[str, Voice]:
    """Return the voice of every user id that has one.

    * Whom a provider named, whoever knew the admin code, and the guests of one invite of an admin are each
      a proven voice.
    * Whoever wrote among others for a week is a known voice: `WITNESSES` of those who are known already
      labelled what they wrote, or reacted to it, on `DAYS` days. The first of them are the `CORE`.
    * A member's guests speak with the voice of that member.
    * Anybody else has none, and neither have bots. What they said counts from the day they are known.

    Parameters
    ----------
    people
        Those who may have a voice, by user id: who is banned is not among them.
    """
    humans = {one: person for one, person in people.items() if not person.user.bot}
    voices = {one: voice for one, person in humans.items() if (voice := _proven(one, person))}
    for one in _known(messages, humans, set(voices)):
        voices[one] = Voice(one, KNOWN)
    for one, person in humans.items():
        if one not in voices and person.proof and person.proof.kind == "guest":
            host = voices.get(person.proof.voucher)
            if host:
                voices[one] = host
    return voices


def _proven(one: str, person: Person) -> Voice | None:
    if person.proof is None or person.proof.kind == "guest":
        return None
    return Voice(person.proof.voucher if person.proof.kind == "invite" else one, PROVEN)


def _known(messages: Iterable[Labelled], people: Mapping[str, Person], proven: set[str]) -> set[str]:
    """Return those who are known although they proved nothing."""
    answered: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    labellers: set[str] = set()
    for message in messages:
        labellers |= message.labels.keys() & people.keys()
        for other in ({*message.labels, *message.reacted} & people.keys()) - {message.author}:
            answered[message.author][other].add(message.day)
    waiting = {one for one in answered if one in people} - proven

    def seniority(one: str) -> tuple[int, str]:
        first = min(min(days) for days in answered[one].values())
        since = people[one].since // _DAY_MS
        # Somebody from before it was kept may have been here longer than anybody says.
        return (min(since, first) if since else first), one

    lasting = [one for one in waiting & labellers if _lasts(answered[one].values())]
    founders = sorted(lasting, key=seniority)[: max(0, CORE - len(proven & labellers))]
    core = proven | set(founders)
    while more := {one for one in waiting - core if _is_answered(answered[one], core)}:
        core |= more
    return core - proven


def _is_answered(by: Mapping[str, set[int]], core: set[str]) -> bool:
    witnesses = by.keys() & core
    return len(witnesses) >= WITNESSES and _lasts(by[one] for one in witnesses)


def _lasts(days: Iterable[set[int]]) -> bool:
    every = set().union(*days)
    return len(every) >= DAYS and max(every) - min(every) >= SPAN_DAYS
