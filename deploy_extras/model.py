"""The first model of a deployment; the trainer publishes the later ones."""

import subprocess
import sys
from pathlib import Path

from deploy_extras.cloud import Cloud, stored
from deploy_extras.console import say
from deploy_extras.errors import DeployError

_ROOT = Path(__file__).parents[1]
_POINTER = "pointer.json"


def live(cloud: Cloud, bucket: str) -> str | None:
    """Return the bucket's pointer, or None if there is none."""
    body = stored(cloud.client("s3"), bucket, _POINTER)
    return None if body is None else body.decode()


def publish_first(cloud: Cloud, bucket: str) -> None:
    """Publish the model that ships with the application, unless the bucket has one already."""
    if live(cloud, bucket) is not None:
        say("the bucket has a live model: it is kept")
        return
    ended = subprocess.run(  # noqa: S603 - the project's own command
        [sys.executable, "-m", "trainer", "publish", "--bucket", bucket],
        cwd=_ROOT,
        env=cloud.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise DeployError(f"The model could not be published: {ended.stderr.strip()}")
    say(ended.stderr.strip())
