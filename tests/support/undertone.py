"""The real chat on this machine: workers, API Gateway emulator and MiniStack, on free ports."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from deploy_extras.content_security_policy import same_origin
from local.testing import RunningStack, stack_process

ROOT = Path(__file__).parents[2]
APP = ROOT / "chalice_app"
SITE = ROOT / "static_site"
TEMPLATE = ROOT / "deploy_extras" / "template.yaml"

# A test sends as fast as it can; what the limits do is tested where they are set low.
UNLIMITED = {"RATE_PER_SECOND": "10000", "RATE_BURST": "100000"}


def content_security_policy() -> str:
    """Return the policy under which `make run` serves the page."""
    return same_origin()


def undertone(
    state: Path, env: Mapping[str, str] | None = None, arguments: Sequence[str] = ()
) -> RunningStack:
    """Put a stack of the chat together without starting it, as `make run` does."""
    return stack_process(
        app=APP,
        site=SITE,
        template=TEMPLATE,
        parameters={"Stage": "local"},
        stage="local",
        state=state,
        env=UNLIMITED | dict(env or {}),
        arguments=[
            "--no-reload",
            "--version",
            "test",
            "--site-header",
            f"Content-Security-Policy: {content_security_policy()}",
            *arguments,
        ],
    )
