"""Storage is taken away: the very metric that an alarm names rises above the alarm's threshold."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chalicelib.adapters.metrics import NAMESPACE
from deploy_extras.alarms import ALARMS
from local.testing import RunningStack
from testkit.client import people_at, unique
from testkit.undertone import running_undertone
from tests.integration.app.test_faults import stalled, storage_pid

STAGE = "local"


@pytest.fixture(scope="module")
def logging_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    """A stack that these tests may hurt, whose functions log as the deployment lets them."""
    with running_undertone(tmp_path_factory.mktemp("alarms"), {"AWS_LAMBDA_LOG_FORMAT": "JSON"}) as running:
        yield running


def lines(stack: RunningStack) -> Iterator[dict[str, Any]]:
    """Yield what the functions have logged; whatever begins as a JSON object must be one."""
    for line in stack.output.splitlines():
        _function, _, logged = line.partition(" | ")
        # A brace further on is a traceback's, or that of a message made readable.
        if logged.startswith("{"):
            yield json.loads(logged)


def counted(stack: RunningStack) -> Counter[tuple[str, frozenset[tuple[str, str]]]]:
    """Return the sums of the metrics that CloudWatch would make of the log, by name and dimensions."""
    sums: Counter[tuple[str, frozenset[tuple[str, str]]]] = Counter()
    for line in lines(stack):
        for directive in line.get("_aws", {}).get("CloudWatchMetrics", []):
            assert directive["Namespace"] == NAMESPACE
            for names in directive["Dimensions"]:
                dimensions = frozenset((name, line[name]) for name in names)
                for metric in directive["Metrics"]:
                    sums[metric["Name"], dimensions] += line[metric["Name"]]
    return sums


def faults(stack: RunningStack) -> list[dict[str, Any]]:
    """Return the lines that count faults of the storage."""
    return [line for line in lines(stack) if "StorageFaults" in line]


def operations(stack: RunningStack) -> set[str]:
    """Return the operations of the storage that failed."""
    return {line["operation"] for line in faults(stack)}


def raised(stack: RunningStack) -> set[str]:
    """Return the names of our alarms whose metric is at their threshold or above."""
    sums = counted(stack)
    found = set()
    for alarm in ALARMS:
        own = {name: value.replace("${Stage}", STAGE) for name, value in alarm.dimensions.items()}
        if (
            alarm.namespace == NAMESPACE
            and sums[str(alarm.metric), frozenset(own.items())] >= alarm.threshold
        ):
            found.add(alarm.name)
    return found


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the storage's process in /proc")
async def test_storage_that_is_down_raises_the_alarm_on_faults(logging_stack: RunningStack) -> None:
    room = unique("room")
    async with people_at(logging_stack.url) as people:
        [ada] = await people.in_room(room)
        assert raised(logging_stack) == set()
        with stalled(storage_pid(logging_stack)):
            for text in ("one", "two"):
                await ada.send("send", room=room, id=unique("id"), text=text)
            answers = [people.rest("GET", "/health") for _ in range(3)]
            assert {status for status, _ in await asyncio.gather(*answers)} == {503}
        await ada.event("error")
        async with asyncio.timeout(60):
            # What was printed is read a moment later, and each function gives up in its own time.
            while not raised(logging_stack) or not operations(logging_stack) >= {"GetItem", "UpdateItem"}:
                await asyncio.sleep(0.1)
        assert raised(logging_stack) == {"faults"}
        assert all(line["Faults"] == line["StorageFaults"] for line in faults(logging_stack))
