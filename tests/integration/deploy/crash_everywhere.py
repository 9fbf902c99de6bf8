"""Kills a machine at every request of a deployment and of a deletion, and lets another one complete it.

``python -m tests.integration.deploy.crash_everywhere`` prints a line for each request. It exits with 1 if a
result differs: from an undisturbed deployment in an empty account, or from an empty account after `destroy`.
It takes half an hour; the argument ``deploy`` or ``destroy`` selects one of the two. Of the uploads of the
site, only the first and the last are tried.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from deploy_extras.package import build
from tests.integration.deploy import emulators, finished_packages
from tests.integration.deploy.crashing_proxy import CrashPoint
from tests.integration.deploy.deployed import STAGE, commands
from tests.integration.deploy.interrupted import InterruptedDeployments, interrupted_deployments
from tests.integration.deploy.snapshot import leftovers, snapshot

COMPLETED = "completed"
NOT_REACHED = "was not reached"
_SITE = "s3 PUT /site/"


def crash_points(sent: Sequence[str]) -> Iterator[CrashPoint]:
    """Yield every request, without the uploads of the site between the first and the last."""
    files = [request for request in sent if request.startswith(_SITE)]
    counted: Counter[str] = Counter()
    for request in sent:
        counted[request] += 1
        if not request.startswith(_SITE) or request in (files[0], files[-1]):
            yield CrashPoint(request, counted[request])


def crash_deployments(interrupted: InterruptedDeployments) -> Iterator[tuple[CrashPoint, str]]:
    """Deploy to an empty account once for each request; yield the results."""
    interrupted.complete()
    undisturbed = snapshot(interrupted.stage)
    for point in crash_points(list(interrupted.proxy.sent)):
        interrupted.empty_account()
        crashed = interrupted.crash(point)
        interrupted.complete()
        found = snapshot(interrupted.stage)
        differing = [key for key in undisturbed if found[key] != undisturbed[key]]
        result = f"differs in {', '.join(differing)}" if differing else COMPLETED
        yield point, result if crashed else NOT_REACHED


def crash_deletions(interrupted: InterruptedDeployments) -> Iterator[tuple[CrashPoint, str]]:
    """Deploy and destroy once for each request; yield the results."""
    interrupted.complete()
    interrupted.complete("destroy")
    for point in crash_points(list(interrupted.proxy.sent)):
        interrupted.empty_account()
        interrupted.complete()
        crashed = interrupted.crash(point, "destroy")
        interrupted.complete("destroy")
        left = leftovers(interrupted.stage)
        result = f"leaves {', '.join(left)}" if left else COMPLETED
        yield point, result if crashed else NOT_REACHED


def main(arguments: Sequence[str]) -> int:
    """Crash at every request; return the exit code."""
    failed = 0
    tries = {"deploy": crash_deployments, "destroy": crash_deletions}
    with tempfile.TemporaryDirectory(prefix="package-") as made:
        package = build(Path(made, "whole"), STAGE, emulators.ARCHITECTURE)
        packages = Path(made, "packages")
        finished_packages.slim(package, packages)
        for command in arguments or tries:
            with (
                tempfile.TemporaryDirectory(prefix="crash-") as folder,
                emulators.ministack(Path(folder)) as ministack,
                commands() as running,
                interrupted_deployments(Path(folder), packages, running, ministack) as interrupted,
            ):
                for number, (point, result) in enumerate(tries[command](interrupted), 1):
                    failed += result != COMPLETED
                    print(f"{command} {number:3}  {point}: {result}", flush=True)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
