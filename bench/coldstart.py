"""From the start of a process to its first answer: the connect handler, and the first classified message.

Each start is a fresh Python process that imports the application and calls one real handler, as Lambda does.
Modules come as bytecode, as in the package. DynamoDB, S3 and `@connections` answer over HTTP on loopback,
from other processes, which are not measured.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import progress
from bench.endpoint.process import EndpointProcess
from bench.endpoint.rules import Rules
from bench.report import Report, Table
from deploy_extras import bytecode
from deploy_extras.package import APP, clean_copy
from testkit.moto_storage import REGION, Storage

STARTER = Path(__file__).parent / "start_once.py"
MAX_CPU_SECONDS = {"connect": 0.35, "message": 0.8}
LEAST_TIMES_EAGER = 3.0
LABELS = {"connect": "connect handler", "message": "first classified message"}
EAGER = ("sklearn.linear_model", "sklearn.feature_extraction.text", "textblob")
KINDS = {"ours": (), "eager": EAGER}
NEVER = frozenset({"boto3", "s3transfer", "sklearn", "scipy", "nltk", "textblob"})
"""What no function of ours may load."""
TEXT = "what a great day, isn't it? 😍"

Event = dict[str, Any]
Call = tuple[str, Event]


@dataclass(frozen=True, slots=True)
class Started:
    """One start: CPU seconds of the process, wall seconds until it had answered, answers, loaded modules."""

    cpu: float
    wall: float
    answers: list[Any]
    modules: list[str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this bench."""
    parser.add_argument(
        "--rounds",
        type=int,
        default=7,
        help="how often each kind of process is started, after once to warm up if it is more than once",
    )


def run(arguments: argparse.Namespace) -> Report:
    """Start each kind of process in turn, and report the medians."""
    found: dict[str, dict[str, list[Started]]] = {
        handler: {kind: [] for kind in KINDS} for handler in MAX_CPU_SECONDS
    }
    with Storage() as storage, EndpointProcess() as endpoint, compiled_copy() as app:
        endpoint.apply(Rules(latency_seconds=0.0, keep=True))
        starts = Starts(storage, endpoint.url, app)
        # Round 0 warms the disk cache; of a single round nobody takes the times for more than a try.
        rounds = range(0 if arguments.rounds > 1 else 1, arguments.rounds + 1)
        for number in rounds:
            for handler, by_kind in found.items():
                for kind, ones in by_kind.items():
                    progress.show(f"{LABELS[handler]}, {kind}, start {number} of {arguments.rounds}")
                    one = starts.measure(handler, KINDS[kind])
                    if number:
                        ones.append(one)
        # The sender's own copy is the answer: it must have arrived, with a sentiment.
        answers = [
            frame for frames in endpoint.frames().values() for frame in frames if b'"sentiment":{' in frame
        ]
    progress.show("")
    expected = len(rounds) * len(KINDS)
    if len(answers) != expected:
        raise RuntimeError(f"{expected} classified messages were due, {len(answers)} arrived")
    return _report(found)


@contextmanager
def compiled_copy() -> Iterator[Path]:
    """Make a copy of the application with its bytecode, independent of what ran here before."""
    with tempfile.TemporaryDirectory(prefix="undertone-coldstart-") as folder:
        copy = Path(folder) / "app"
        clean_copy(APP, copy)
        bytecode.compile_all(copy)
        yield copy


class Starts:
    """Start processes of the application with the environment that a function would have."""

    def __init__(self, storage: Storage, connections_url: str, app: Path) -> None:
        self._environment = {
            **os.environ,
            "PYTHONPATH": str(app),
            "CONNECTIONS_TABLE": storage.connections_table,
            "MESSAGES_TABLE": storage.messages_table,
            "MODELS_BUCKET": storage.models_bucket,
            "AWS_ENDPOINT_URL": storage.url,
            "AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI": connections_url,
            "AWS_REGION": REGION,
            "AWS_ACCESS_KEY_ID": "bench",
            "AWS_SECRET_ACCESS_KEY": "bench",
        }
        for name in ("AWS_PROFILE", "PYTHONPYCACHEPREFIX"):
            self._environment.pop(name, None)
        self._token = self._start((), [("session", {})]).answers[0]

    def measure(self, handler: str, imports: tuple[str, ...]) -> Started:
        """Start one process for one event of a new connection."""
        connection = f"bench-{uuid.uuid4()}"
        connect = ("connect", _event("$connect", connection, queryStringParameters={"token": self._token}))
        if handler == "connect":
            return self._start(imports, [connect])
        room = f"room-{uuid.uuid4().hex[:8]}"  # of one connection, so that one frame is the answer
        self._start((), [connect, ("message", _frame(connection, action="join", room=room))])
        send = _frame(connection, action="send", room=room, id=str(uuid.uuid4()), text=TEXT)
        return self._start(imports, [("message", send)])

    def _start(self, imports: tuple[str, ...], calls: list[Call]) -> Started:
        begun = time.perf_counter()
        # The arguments are constants of this module, and no shell is involved.
        done = subprocess.run(  # noqa: S603
            [sys.executable, str(STARTER)],
            input=json.dumps({"imports": imports, "calls": calls}),
            capture_output=True,
            text=True,
            env=self._environment,
            check=False,
        )
        wall = time.perf_counter() - begun
        if done.returncode:
            raise RuntimeError(f"a process of the application failed:\n{done.stderr}")
        result = json.loads(done.stdout.splitlines()[-1])
        bad = [
            answer for answer in result["answers"] if isinstance(answer, dict) and answer["statusCode"] != 200
        ]
        loaded = sorted(NEVER.intersection(result["modules"])) if not imports else []
        if bad or loaded:
            raise RuntimeError(f"answers {bad} were not expected, nor were {loaded} to be loaded")
        return Started(result["cpu"], wall, result["answers"], result["modules"])


def _event(route: str, connection: str, **more: Any) -> Event:
    context = {
        "routeKey": route,
        "connectionId": connection,
        "apiId": "bench",
        "stage": "api",
        "domainName": "bench",
    }
    return {"requestContext": context, "isBase64Encoded": False, **more}


def _frame(connection: str, **frame: Any) -> Event:
    return _event("$default", connection, body=json.dumps(frame))


def _report(found: dict[str, dict[str, list[Started]]]) -> Report:
    figures: dict[str, Any] = {}
    for handler, by_kind in found.items():
        cpu = {kind: statistics.median(one.cpu for one in ones) for kind, ones in by_kind.items()}
        wall = {kind: statistics.median(one.wall for one in ones) for kind, ones in by_kind.items()}
        figures[handler] = {
            "cpu_seconds": {kind: round(value, 3) for kind, value in cpu.items()},
            "wall_seconds": {kind: round(value, 3) for kind, value in wall.items()},
            "times_less_cpu": round(cpu["eager"] / cpu["ours"], 1),
        }
    ok = all(
        figures[handler]["cpu_seconds"]["ours"] <= most
        and figures[handler]["times_less_cpu"] >= LEAST_TIMES_EAGER
        for handler, most in MAX_CPU_SECONDS.items()
    )
    due = " and ".join(f"{most:g} s for the {LABELS[handler]}" for handler, most in MAX_CPU_SECONDS.items())
    notes = [
        "CPU of the whole process, from its start to the end of the handler; the median of fresh processes.",
        f"Eager imports first: {', '.join(EAGER)}; then the same application answers.",
        "DynamoDB, S3 and @connections are simulated and not measured, but the wall clock waits for them.",
        f"Due: CPU of at most {due}, {LEAST_TIMES_EAGER:g} times less than eager:"
        f" {'met' if ok else 'NOT met'}.",
    ]
    return Report(figures, [_table(figures)], notes, ok=ok)


def _table(figures: dict[str, Any]) -> Table:
    rows = [
        [
            LABELS[handler],
            *(f"{one[key][kind]:.3f}" for key in ("cpu_seconds", "wall_seconds") for kind in KINDS),
            f"{one['times_less_cpu']:.1f}",
        ]
        for handler, one in figures.items()
    ]
    head = ["from start to first answer", "CPU s, ours", "eager", "wall s, ours", "eager", "CPU × less"]
    return Table("Cold start", head, rows)
