"""The pulse of a room: its hours, what is usual, the words that moved it and the messages worth opening."""

from collections import defaultdict
from dataclasses import replace

from chalicelib.domain.messages import Message
from chalicelib.domain.pulse import (
    HOUR_MS,
    Direction,
    Hour,
    Moment,
    Pulse,
    Term,
    Usual,
    has_pulse,
    hour_of,
    hours_of,
    last_block,
    usual_of,
)
from chalicelib.domain.turns import direction_of
from chalicelib.errors import NotFound
from chalicelib.service.ports import Clock, RoomLog, Rooms
from chalicelib.service.pulse_ports import Pulses
from chalicelib.service.rolling_up import USUAL_HOURS

DAY_MS = 24 * HOUR_MS
# So many of the strongest messages are read for their words: one request.
READ_MOMENTS = 100
MOMENTS = 20
TERMS = 20


class PulseReading:
    """The use case of `GET /rooms/{room}/pulse`."""

    def __init__(self, pulses: Pulses, log: RoomLog, rooms: Rooms, clock: Clock) -> None:
        self._pulses = pulses
        self._log = log
        self._rooms = rooms
        self._clock = clock

    def of(self, room: str, days: int) -> Pulse:
        """Return the last days of a room that may be read.

        Raises
        ------
        NotFound
            It is a direct room.
        """
        if not has_pulse(room):
            raise NotFound("Direct rooms have no pulse.")
        now = self._clock.now()
        begin, this_hour = now - days * DAY_MS, hour_of(now)
        lately = range(this_hour - USUAL_HOURS * HOUR_MS, this_hour)
        known = self._hours(room, min(hour_of(begin), lately.start), now + 1)
        usual = usual_of([hour for hour in known if hour.begin in lately])
        hours = [hour for hour in known if hour.begin >= hour_of(begin)]
        messages = self._strongest(room, hours)
        moments = [Moment(m.seq, m.sentiment.score) for m in messages[:MOMENTS] if m.sentiment]
        return Pulse(begin, now, hours, _directions(hours, usual), _terms(messages), moments, usual)

    def _hours(self, room: str, first: int, end: int) -> list[Hour]:
        """Return the hours as they are kept, and what has been delivered since the last whole block."""
        known = {hour.begin: hour for hour in self._pulses.hours(room, first, end)}
        delivered = self._rooms.state(room).delivered
        counted = last_block(delivered)
        if counted < delivered:
            latest = self._log.entries(room, counted, delivered - counted)
            for hour in hours_of(entry for entry in latest if entry.at <= delivered):
                known[hour.begin] = known.get(hour.begin, Hour(hour.begin)).plus(hour)
        return [hour for begin, hour in sorted(known.items()) if first <= begin < end]

    def _strongest(self, room: str, hours: list[Hour]) -> list[Message]:
        """Return the strongest messages as they are now, the strongest first; not those deleted since."""
        moments = sorted((m for hour in hours for m in hour.moments), key=lambda m: (-abs(m.score), -m.seq))
        found = {m.seq: m for m in self._log.newest_of(room, [m.seq for m in moments[:READ_MOMENTS]])}
        messages = [found[moment.seq] for moment in moments if moment.seq in found]
        return [message for message in messages if message.sentiment is not None and not message.deleted]


def _directions(hours: list[Hour], usual: Usual | None) -> dict[int, Direction]:
    """Return where hours differ from what is usual now, whatever was when they began."""
    found = {hour.begin: direction_of(replace(hour, usual=usual)) for hour in hours}
    return {begin: direction for begin, direction in found.items() if direction is not None}


def _terms(messages: list[Message]) -> list[Term]:
    """Return the terms that moved some messages most, the strongest first."""
    weights: dict[str, list[float]] = defaultdict(list)
    for message in messages:
        for term, weight in message.sentiment.because if message.sentiment else ():
            weights[term].append(weight)
    terms = [Term(term, sum(found), len(found)) for term, found in weights.items()]
    return sorted(terms, key=lambda term: (-abs(term.weight), term.term))[:TERMS]
