"""The hours of rooms in memory."""

from dataclasses import replace

from chalicelib.domain.pulse import Hour, Turn, Usual


class MemoryPulses:
    """The port `Pulses`; `kept` holds the hours by room and beginning."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, int], Hour] = {}

    def add(self, room: str, summed: Hour) -> Hour:
        return self._keep(room, self.kept.get((room, summed.begin), Hour(summed.begin)).plus(summed))

    def begin(self, room: str, begin: int, usual: Usual | None, turn: Turn | None) -> Hour:
        known = self.kept.get((room, begin), Hour(begin))
        return self._keep(room, replace(known, usual=usual, turn=known.turn or turn))

    def turn(self, room: str, begin: int, turn: Turn, was: Turn | None) -> bool:
        known = self.kept[room, begin]
        if known.turn != was:
            return False
        self._keep(room, replace(known, turn=turn))
        return True

    def hours(self, room: str, first: int, end: int) -> list[Hour]:
        return [
            hour
            for (name, begin), hour in sorted(self.kept.items(), key=lambda kept: kept[0])
            if name == room and first <= begin < end
        ]

    def _keep(self, room: str, hour: Hour) -> Hour:
        self.kept[room, hour.begin] = hour
        return hour
