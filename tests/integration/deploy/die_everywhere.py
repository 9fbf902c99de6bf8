"""Lets a machine die at every request of a deployment, in an empty account, and another complete it.

``python -m tests.integration.deploy.die_everywhere`` prints a line for each and ends with 1 if one was not
completed to what an undisturbed deployment leaves. It takes half an hour. Of the site's files, the first and
the last stand for all.
"""

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.integration.deploy.mortals import mortals
from tests.integration.deploy.picture import picture
from tests.integration.deploy.wire import Death

_SITE = "s3 PUT /site/"


def deaths(sent: Sequence[str]) -> Iterator[Death]:
    """Yield a death at each request, but for the site's files between the first and the last."""
    files = [request for request in sent if request.startswith(_SITE)]
    counted: Counter[str] = Counter()
    for request in sent:
        counted[request] += 1
        if not request.startswith(_SITE) or request in (files[0], files[-1]):
            yield Death(request, counted[request])


def main() -> int:
    """Die everywhere; return the exit code."""
    failed = 0
    with tempfile.TemporaryDirectory(prefix="mortals-") as folder, mortals(Path(folder)) as stage:
        stage.completes()
        undisturbed = picture(stage.stage)
        for number, death in enumerate(deaths(list(stage.wire.sent)), 1):
            started = time.monotonic()
            stage.forget_everything()
            died = stage.dies(death)
            stage.completes()
            found = picture(stage.stage)
            differing = [key for key in undisturbed if found[key] != undisturbed[key]]
            failed += not died or bool(differing)
            result = f"differs in {', '.join(differing)}" if differing else "completed"
            print(
                f"{number:3} {time.monotonic() - started:5.1f} s  {death}: {result if died else 'survived'}"
            )
            sys.stdout.flush()
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
