"""Whether the promises were kept: every client's log against the log that REST shows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bench.stress.client import StressClient
from bench.stress.log import Json, RoomLog, identity

LOST, DUPLICATED, REORDERED, GAPS, ALTERED = "lost", "duplicated", "reordered", "gaps", "altered"
PROMISES = (LOST, DUPLICATED, REORDERED, GAPS, ALTERED)


@dataclass
class Findings:
    """Broken promises, counted, with a sentence for each."""

    counts: Counter[str] = field(default_factory=Counter)
    sentences: list[str] = field(default_factory=list)

    def found(self, promise: str, sentence: str) -> None:
        """Note a broken promise."""
        self.counts[promise] += 1
        self.sentences.append(f"{promise}: {sentence}")


def check(
    clients: Sequence[StressClient], logs: Mapping[str, list[Json]], due: Mapping[str, int]
) -> Findings:
    """Compare; `logs` has the whole log of each room, and every client must have it up to `due`."""
    findings = Findings()
    for room, log in logs.items():
        _check_log(findings, room, log)
        _check_sent(findings, room, log, clients)
        for client in clients:
            if room in client.views:
                _check_view(findings, client.person.name, client.views[room].log, log, due[room])
    for client in clients:
        for sentence in client.contradictions:
            findings.found(REORDERED, sentence)
    return findings


def _check_log(findings: Findings, room: str, log: list[Json]) -> None:
    """Positions 1, 2, 3 … each once, and each message under one position."""
    due = 1
    for entry in log:
        if entry["at"] > due:
            findings.found(GAPS, f"REST shows nothing in {room} from {due} to {entry['at'] - 1}")
        elif entry["at"] < due:
            findings.found(REORDERED, f"REST shows {entry['at']} in {room} instead of {due}")
        due = entry["at"] + 1
    positions: dict[tuple[str, str], int] = {}
    for entry in log:
        if not entry.get("void"):
            claim = entry["user"]["id"], entry["id"]
            seq = positions.setdefault(claim, entry["seq"])
            if seq != entry["seq"]:
                findings.found(DUPLICATED, f"{entry['id']} is {seq} and {entry['seq']} in {room}")


def _check_sent(findings: Findings, room: str, log: list[Json], clients: Sequence[StressClient]) -> None:
    """Everything that was sent is stored, as it was first said, under the position that was acknowledged."""
    stored = {
        (e["user"]["id"], e["id"]): e for e in log if not e.get("void")
    }  # the last entry of a message has its newest state
    for client in clients:
        for identifier, post in client.sent.items():
            if post.room != room:
                continue
            message = stored.get((client.person.id, identifier))
            if message is None:
                findings.found(LOST, f"{identifier} of {client.person.name} is not stored in {room}")
                continue
            untouched = message["editedAt"] is None and not message["deleted"]
            if untouched and message["text"] != post.text:
                findings.found(ALTERED, f"{identifier} was {post.text!r} and is {message['text']!r}")
            acknowledged = client.acknowledged.get(identifier, message["seq"])
            if acknowledged != message["seq"]:
                findings.found(
                    REORDERED, f"{identifier} was acknowledged as {acknowledged} and is {message['seq']}"
                )


def _check_view(findings: Findings, name: str, mine: RoomLog, log: list[Json], due: int) -> None:
    """From its base up to what is due, the client has the same entries in the same positions and states."""
    for sentence in mine.contradictions:
        findings.found(REORDERED, f"{name} saw: {sentence}")
    if mine.base is None:
        findings.found(LOST, f"{name} never got into {mine.room}")
        return
    newest = max(mine.entries, default=mine.base)
    for entry in log:
        at = entry["at"]
        if at <= mine.base:
            continue
        if at not in mine.entries and at <= due:
            promise = GAPS if at < newest else LOST
            findings.found(promise, f"{name} does not have position {at} of {mine.room} (has up to {newest})")
        elif (mine_at := mine.entries.get(at, identity(entry))) != identity(entry):
            findings.found(REORDERED, f"{name} has {mine_at} at {at} of {mine.room}: {identity(entry)}")
    for at in sorted(set(mine.entries) - {entry["at"] for entry in log}):
        findings.found(REORDERED, f"{name} has position {at} of {mine.room}, which REST does not show")
    _check_states(findings, name, mine, log)


def _check_states(findings: Findings, name: str, mine: RoomLog, log: list[Json]) -> None:
    """A client that has the newest entry of a message sees the message as REST shows it."""
    states = {e["seq"]: e for e in log if not e.get("void")}
    for seq, state in states.items():
        seen = mine.messages.get(seq)
        if seen is not None and state["at"] in mine.entries and _shown(seen) != _shown(state):
            findings.found(
                ALTERED, f"{name} sees message {seq} of {mine.room} as {_shown(seen)}: {_shown(state)}"
            )


def _shown(message: Json) -> tuple[object, ...]:
    return tuple(
        message[name] for name in ("seq", "at", "id", "text", "deleted", "editedAt", "reactions", "labels")
    )
