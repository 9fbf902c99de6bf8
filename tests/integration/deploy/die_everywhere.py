"""Lets a machine die at every request of a deployment and of its end, and another complete what it began.

``python -m tests.integration.deploy.die_everywhere`` prints a line for each and ends with 1 if one was not
completed: to what an undisturbed deployment leaves in an empty account, or to nothing at all. It takes half
an hour; ``deploy`` or ``destroy`` does one of the two. Of the site's files, the first and the last stand for
all.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.integration.deploy.mortals import Mortals, mortals
from tests.integration.deploy.picture import picture, remnants
from tests.integration.deploy.wire import Death

COMPLETED = "completed"
_SITE = "s3 PUT /site/"


def deaths(sent: Sequence[str]) -> Iterator[Death]:
    """Yield a death at each request, but for the site's files between the first and the last."""
    files = [request for request in sent if request.startswith(_SITE)]
    counted: Counter[str] = Counter()
    for request in sent:
        counted[request] += 1
        if not request.startswith(_SITE) or request in (files[0], files[-1]):
            yield Death(request, counted[request])


def at_every_request_of_deploy(stage: Mortals) -> Iterator[tuple[Death, str]]:
    """Deploy in an empty account again and again; yields what came of each death."""
    stage.completes()
    undisturbed = picture(stage.stage)
    for death in deaths(list(stage.wire.sent)):
        stage.forget_everything()
        died = stage.dies(death)
        stage.completes()
        found = picture(stage.stage)
        differing = [key for key in undisturbed if found[key] != undisturbed[key]]
        result = f"differs in {', '.join(differing)}" if differing else COMPLETED
        yield death, result if died else "survived"


def at_every_request_of_destroy(stage: Mortals) -> Iterator[tuple[Death, str]]:
    """Destroy what was deployed again and again; yields what came of each death."""
    stage.completes()
    stage.completes("destroy")
    for death in deaths(list(stage.wire.sent)):
        stage.forget_everything()
        stage.completes()
        died = stage.dies(death, "destroy")
        stage.completes("destroy")
        left = remnants(stage.stage)
        result = f"leaves {', '.join(left)}" if left else COMPLETED
        yield death, result if died else "survived"


def main(arguments: Sequence[str]) -> int:
    """Die everywhere; return the exit code."""
    failed = 0
    tries = {"deploy": at_every_request_of_deploy, "destroy": at_every_request_of_destroy}
    for command in arguments or tries:
        with tempfile.TemporaryDirectory(prefix="mortals-") as folder, mortals(Path(folder)) as stage:
            for number, (death, result) in enumerate(tries[command](stage), 1):
                failed += result != COMPLETED
                print(f"{command} {number:3}  {death}: {result}", flush=True)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
