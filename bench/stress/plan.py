"""What a run does and suffers, and when: made from the seed alone, before anything starts."""

import hashlib
import json
import random
import uuid
from dataclasses import asdict, dataclass

STORAGE, POSTS = "storage", "posts"
# Answers that a service gives under strain. "unanswered" means done, but the answer is lost.
STORAGE_FAULTS = ("storage_throttled", "storage_error", "storage_unanswered")
POST_FAULTS = ("post_error", "post_throttled", "post_cut", "post_unanswered")
KILLS = "worker_killed"
DROPS = "connection_dropped"
RETRIES = "send_retried"
FAULTS = (KILLS, DROPS, RETRIES, *STORAGE_FAULTS, *POST_FAULTS)

_WEIGHTS = {
    "send": 12,
    "retry": 4,
    "react": 3,
    "edit": 2,
    "label": 1,
    "delete": 1,
    "history": 1,
    "typing": 1,
    "rejoin": 0.5,
    "drop": 1,
}
_VICTIMS = ("websocket_message",) * 6 + ("deliver", "websocket_connect", "websocket_disconnect")
_KILL_EVERY = 1.5
_STORM_EVERY = 5.0
ACTIONS_PER_SECOND = 8.0


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that a client does at a time; `pick` (0 to 1) chooses among what exists by then."""

    at: float
    client: int
    kind: str
    room: str
    id: str
    pick: float


@dataclass(frozen=True, slots=True)
class Kill:
    """SIGKILL for a worker of a function, a busy one if there is one."""

    at: float
    function: str
    pick: float


@dataclass(frozen=True, slots=True)
class Storm:
    """A time in which a share of the requests to a service meets a fault."""

    at: float
    seconds: float
    kind: str
    share: float

    @property
    def service(self) -> str:
        """The service that it hits."""
        return STORAGE if self.kind in STORAGE_FAULTS else POSTS


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything in the order of time."""

    seed: int
    seconds: float
    clients: int
    rooms: tuple[str, ...]
    actions: tuple[Action, ...]
    kills: tuple[Kill, ...]
    storms: tuple[Storm, ...]

    @property
    def digest(self) -> str:
        """Twelve characters that are the same for the same plan."""
        return hashlib.sha256(json.dumps(asdict(self)).encode()).hexdigest()[:12]


def make_plan(seed: int, seconds: float, clients: int, rooms: int) -> Plan:
    """Plan a run; the same arguments give the same plan on every machine."""
    rng = random.Random(f"undertone stress {seed}")
    names = tuple(f"room-{number}" for number in range(rooms))
    return Plan(
        seed,
        seconds,
        clients,
        names,
        actions=tuple(sorted(_actions(rng, seconds, clients, names), key=lambda action: action.at)),
        kills=tuple(_kills(rng, seconds)),
        storms=tuple(sorted(_storms(rng, seconds), key=lambda storm: storm.at)),
    )


def _actions(rng: random.Random, seconds: float, clients: int, rooms: tuple[str, ...]) -> list[Action]:
    kinds, weights = list(_WEIGHTS), list(_WEIGHTS.values())
    drawn = rng.choices(kinds, weights, k=round(seconds * ACTIONS_PER_SECOND))
    # A short run has every kind that counts as well.
    drawn[:2] = ["drop", "retry"]
    return [
        Action(
            at=round(rng.uniform(0.0, seconds), 3),
            client=rng.randrange(clients),
            kind=kind,
            room=rng.choice(rooms),
            id=str(uuid.UUID(int=rng.getrandbits(128), version=4)),
            pick=rng.random(),
        )
        for kind in drawn
    ]


def _kills(rng: random.Random, seconds: float) -> list[Kill]:
    moments = _spread(rng, seconds, _KILL_EVERY)
    victims = [_VICTIMS[0], *rng.choices(_VICTIMS, k=len(moments) - 1)]
    return [Kill(at, victim, rng.random()) for at, victim in zip(moments, victims, strict=True)]


def _storms(rng: random.Random, seconds: float) -> list[Storm]:
    return [
        Storm(at, round(rng.uniform(0.3, 1.2), 3), kind, round(rng.uniform(0.2, 0.9), 3))
        for kind in STORAGE_FAULTS + POST_FAULTS
        for at in _spread(rng, seconds, _STORM_EVERY)
    ]


def _spread(rng: random.Random, seconds: float, every: float) -> list[float]:
    """Moments, one by chance in each of equal parts of the time, so that there is always one."""
    parts = max(1, round(seconds / every))
    return [round((part + rng.random()) * seconds / parts, 3) for part in range(parts)]
