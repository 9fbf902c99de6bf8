"""Whether a room has left its usual mood beyond chance.

How far the mean of n messages lies from the usual one by chance is bounded by Bernstein's inequality, which
holds for scores of any distribution: a bell curve would take three angry words in a quiet room for a turn.
It is asked after every broadcast, so that `CHANCE` is that of one look, and far below what is tolerated in a
week; `docs/decisions/0092-hours-of-a-mood.md` has the measured false alarms.
"""

import math

from chalicelib.domain.pulse import Direction, Hour, Usual

CHANCE = 1e-3
# What one person says in an hour is of one mood: it counts as so many independent messages at most.
INDEPENDENT_EACH = 8
# Before so many messages nothing is usual, and what three people said in one hour is no history.
FEWEST_HOURS = 6
PAUSE_MS = 600_000
# Fewer than this is no change that anybody would feel.
LEAST_CHANGE = 0.1


def direction_of(hour: Hour) -> Direction | None:
    """Return in which direction an hour differs from what is usual, beyond chance; None if it does not."""
    if hour.mean is None or hour.usual is None:
        return None
    change = hour.mean - hour.usual.mean
    independent = min(hour.count, INDEPENDENT_EACH * len(hour.people))
    if abs(change) < max(LEAST_CHANGE, _by_chance(hour.usual, independent)):
        return None
    return "warmer" if change > 0 else "cooler"


def is_news(hour: Hour, direction: Direction, now: int) -> bool:
    """Whether people should be told of a turn: not twice of the same one, nor twice in ten minutes."""
    last = hour.turn
    return last is None or (last.direction != direction and now - last.at >= PAUSE_MS)


def carried(before: Hour | None) -> Hour | None:
    """Return an hour if the next one continues its turn: a room that is still away from its usual mood."""
    if before is None or before.turn is None or direction_of(before) != before.turn.direction:
        return None
    return before


def _by_chance(usual: Usual, independent: int) -> float:
    """Return how far a mean of so many messages lies from the usual one by chance, at most.

    Solves 2 exp(-n t² / (2 σ² + 2 b t / 3)) = `CHANCE` for t; b is how far a single score can lie away.
    To that comes how far the means of hours lie apart anyway, beyond what so few messages explain.
    """
    exponent = math.log(2 / CHANCE)
    furthest = 1 + abs(usual.mean)
    linear = exponent * furthest / (3 * independent)
    sampling = linear + math.sqrt(linear**2 + 2 * exponent * usual.deviation**2 / independent)
    return sampling + usual.spread
