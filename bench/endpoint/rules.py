"""What the simulated endpoint answers to which connection."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

NEVER = "never"
"""The request is ignored: no answer, no delivery."""
CLOSE = "close"
"""The connection is closed without an answer, and nothing is delivered."""
SLOW = "slow:"
"""``slow:0.5`` delivers and answers after half a second."""
ACCEPTED = "200"
EVERYBODY = "*"


@dataclass(frozen=True, slots=True)
class Rules:
    """How the endpoint behaves.

    Attributes
    ----------
    latency_seconds
        From a request to its answer.
    rate, burst
        Requests a second, and requests at once, beyond which it answers 429. None: no limit.
    answers
        By connection id, or ``*`` for all others: a status or one of the words above for every request; or
        a list of them for one request after another, and 200 when the list is used up.
    keep
        Whether accepted frames are kept, so that they can be read afterwards.
    requests_per_connection
        After so many requests it closes an HTTP connection (with ``Connection: close``). None: never.
    """

    latency_seconds: float = 0.010
    rate: float | None = None
    burst: float = 100.0
    answers: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    keep: bool = False
    requests_per_connection: int | None = None


class TokenBucket:
    """API Gateway's own way to throttle: a bucket of ``burst`` requests that fills with ``rate``."""

    def __init__(self, rate: float | None, burst: float) -> None:
        self._rate = math.inf if rate is None else rate
        self._burst = max(1.0, burst)
        self._tokens = self._burst
        self._at: float | None = None

    def admits(self, now: float) -> bool:
        """Whether a request at ``now`` is within the limit; it is counted if so."""
        if self._rate == math.inf:
            return True
        if self._at is not None:
            self._tokens = min(self._burst, self._tokens + self._rate * (now - self._at))
        self._at = now
        if self._tokens < 1.0:
            return False
        self._tokens -= 1.0
        return True


class Script:
    """The answers of ``Rules.answers``, one after another."""

    def __init__(self, answers: Mapping[str, str | Sequence[str]]) -> None:
        self._always = {who: answer for who, answer in answers.items() if isinstance(answer, str)}
        self._in_turn = {who: list(answer) for who, answer in answers.items() if not isinstance(answer, str)}
        self._default = self._always.get(EVERYBODY, ACCEPTED)

    def answer(self, connection_id: str) -> str:
        """Return the answer to the next request for a connection."""
        for who in (connection_id, EVERYBODY):
            turns = self._in_turn.get(who)
            if turns:
                return turns.pop(0)
            if who in self._always:
                return self._always[who]
        return ACCEPTED
