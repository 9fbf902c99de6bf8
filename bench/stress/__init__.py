"""Random clients on the real stack while workers die, posts fail and storage throttles; checks itself.

Every action and every fault follows from the seed. What the machine does with them, in which order workers
run for example, does not: repeat a seed that fails some times.
"""

import argparse
import asyncio
from pathlib import Path

from bench.report import Report, Table
from bench.stress.check import PROMISES
from bench.stress.execution import GRACE_SECONDS, Outcome, stress
from bench.stress.plan import Plan, make_plan

MOST_SENTENCES = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this bench."""
    parser.add_argument("--seed", type=int, default=1, help="of all actions and faults (%(default)s)")
    parser.add_argument("--seconds", type=float, default=30.0, help="how long faults happen (%(default)g)")
    parser.add_argument("--clients", type=int, default=10, help="people with a connection each (%(default)s)")
    parser.add_argument("--rooms", type=int, default=2, help="each of them in all rooms (%(default)s)")
    parser.add_argument("--output", type=Path, help="file for what the stack and its functions printed")


def run(arguments: argparse.Namespace) -> Report:
    """Run one seed, within its seconds and a minute more."""
    plan = make_plan(arguments.seed, arguments.seconds, arguments.clients, arguments.rooms)
    outcome = asyncio.run(_bounded(plan, arguments.output))
    return _report(plan, outcome)


async def _bounded(plan: Plan, output: Path | None) -> Outcome:
    async with asyncio.timeout(plan.seconds + GRACE_SECONDS):
        return await stress(plan, output)


def _report(plan: Plan, outcome: Outcome) -> Report:
    broken = {promise: outcome.findings.counts[promise] for promise in PROMISES}
    missing = [kind for kind, count in outcome.faults.items() if not count]
    command = (
        f"python -m bench stress --seed {plan.seed} --seconds {plan.seconds:g} "
        f"--clients {plan.clients} --rooms {len(plan.rooms)}"
    )
    sentences = outcome.findings.sentences
    slow = f"{outcome.behind} of {plan.clients} clients had not caught up when the time for it was over."
    notes = [
        *([slow] if outcome.behind else []),
        *sentences[:MOST_SENTENCES],
        *([f"… and {len(sentences) - MOST_SENTENCES} more."] if len(sentences) > MOST_SENTENCES else []),
        *(f"No {kind} happened: the run says nothing about it. Take more --seconds." for kind in missing),
        f"Again: {command} (plan {plan.digest}).",
    ]
    figures = {
        "stored": outcome.stored,
        **broken,
        "faults": outcome.faults,
        "voids": outcome.voids,
        "entries": outcome.entries,
        "recovered_after_s": round(outcome.quiet_seconds, 2),
        "behind": outcome.behind,
        "seed": plan.seed,
        "plan": plan.digest,
        "clients": {name: count for name, count in sorted(outcome.counts.items()) if count},
    }
    rows = [["stored", str(outcome.stored)], *([name, str(count)] for name, count in broken.items())]
    tables = [
        Table(f"Stress with seed {plan.seed}", ["promise", "count"], rows),
        Table("Faults", ["kind", "count"], [[name, str(count)] for name, count in outcome.faults.items()]),
    ]
    return Report(figures, tables, notes, ok=not any(broken.values()) and not missing and outcome.stored > 0)
