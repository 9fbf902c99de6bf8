"""Actors that take turns by chance, in time that passes only here: a seed gives the same run again."""

import contextlib
import heapq
from collections.abc import Callable
from itertools import count
from random import Random
from typing import NamedTuple

from greenlet import greenlet


class Killed(BaseException):
    """The actor dies here, as a Lambda worker does: no handler of the chat may catch it."""


class Pace(NamedTuple):
    """How often a call to the world is slow, and how many seconds it then takes at most."""

    slow: float = 0.06
    slow_seconds: float = 0.3


class Actor:
    """Something that runs: a Lambda invocation or a client."""

    def __init__(self, scheduler: "Scheduler", function: Callable[[], None], may_die: bool) -> None:
        self.wake = scheduler.time
        self.may_die = may_die
        self.greenlet = greenlet(lambda: self._run(function), parent=scheduler.main)

    @staticmethod
    def _run(function: Callable[[], None]) -> None:
        with contextlib.suppress(Killed):
            function()


class Scheduler:
    """Runs actors; `faulty` lets those that may die do so, or stall, at any step."""

    DEATH = 0.004
    STALL = 0.004

    def __init__(self, seed: int, *, faulty: bool, pace: Pace) -> None:
        self.random = Random(seed)
        self._pace = pace
        self.faulty = faulty
        self.time = 0.0
        self.deaths = 0
        self.main = greenlet.getcurrent()
        self._ready: list[Actor] = []
        self._asleep: list[tuple[float, int, Actor]] = []
        self._turns = count()
        self._current: Actor | None = None

    def spawn(self, function: Callable[[], None], *, may_die: bool = True) -> None:
        """Add an actor, which begins at some later turn."""
        self._lay_down(Actor(self, function, may_die))

    def step(self) -> None:
        """Let others have a turn; with faults, die here or stall for seconds."""
        actor = self._current
        assert actor is not None
        # What every call to the world takes; meanwhile the others go on.
        slow = self.random.random() < self._pace.slow
        actor.wake = self.time + self.random.uniform(0.001, self._pace.slow_seconds if slow else 0.03)
        if self.faulty and actor.may_die:
            chance = self.random.random()
            if chance < self.DEATH:
                self.deaths += 1
                raise Killed
            if chance < self.DEATH + self.STALL:
                actor.wake = self.time + self.random.uniform(0, 9)
        self.main.switch()

    def sleep(self, seconds: float) -> None:
        """Let time pass for this actor."""
        assert self._current is not None
        self._current.wake = self.time + seconds
        self.main.switch()

    def run(self, until: float) -> None:
        """Run until a time, or until no actor is left."""
        while (self._ready or self._asleep) and self.time < until:
            while self._asleep and self._asleep[0][0] <= self.time:
                self._ready.append(heapq.heappop(self._asleep)[2])
            if not self._ready:
                self.time = min(until, self._asleep[0][0])
                continue
            chosen = self.random.randrange(len(self._ready))
            # The last one takes its place: which one that is does not matter to chance.
            self._ready[chosen], self._ready[-1] = self._ready[-1], self._ready[chosen]
            self._current = self._ready.pop()
            self._current.greenlet.switch()
            if not self._current.greenlet.dead:
                self._lay_down(self._current)
            self.time += 0.0001

    def _lay_down(self, actor: Actor) -> None:
        # Of those that wake at the same time, the one that lay down first.
        heapq.heappush(self._asleep, (actor.wake, next(self._turns), actor))
