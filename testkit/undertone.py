"""The real chat on this machine: workers, API Gateway emulator and MiniStack, on free ports."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from deploy_extras.content_security_policy import same_origin
from deploy_extras.sign_in import described
from local.testing import RunningStack, stack_process

ROOT = Path(__file__).parents[1]
APP = ROOT / "chalice_app"
SITE = ROOT / "static_site"
TEMPLATE = ROOT / "deploy_extras" / "template.yaml"

# A few clients of a test send as much as many people do; tests of the limits set lower ones.
ADMIN_CODE = "the admin code of the tests"
UNLIMITED = {
    "ADMIN_CODE": ADMIN_CODE,
    "RATE_PER_SECOND": "10000",
    "RATE_BURST": "100000",
    "SIGN_UPS_PER_HOUR": "1000000",
    "PUSH_LOOPBACK": "yes",
    "CALL_LOOPBACK": "yes",
    "LINK_PREVIEWS": "yes",
    "PREVIEW_LOOPBACK": "yes",
}


def undertone(
    state: Path,
    env: Mapping[str, str] | None = None,
    arguments: Sequence[str] = (),
    *,
    page: bool | Path = True,
) -> RunningStack:
    """Put a stack of the chat together without starting it, as `make run` does.

    Parameters
    ----------
    state
        Its state directory.
    env
        Variables of the functions.
    arguments
        Further options of `python -m local`.
    page
        Whether it serves the page as well, or the folder of another form of it.
    """
    header = f"Content-Security-Policy: {same_origin()}"
    chosen = dict(env or {})
    sign_in = json.dumps(
        described(chosen, access_code="ACCESS_CODE" in chosen, admin_code="ADMIN_CODE" in chosen)
    )
    return stack_process(
        app=APP,
        site=page if isinstance(page, Path) else SITE if page else None,
        template=TEMPLATE,
        parameters={"Stage": "local"},
        stage="local",
        state=state,
        env=UNLIMITED | chosen,
        arguments=[
            *("--no-reload", "--version", "test", "--site-header", header),
            *("--config", f"signIn={sign_in}", "--config", "linkPreviews=true"),
            *("--config", 'roomsBy="everyone"', *arguments),
        ],
    )


@contextmanager
def running_undertone(state: Path, *given: Any, **options: Any) -> Iterator[RunningStack]:
    """Run the stack that `undertone` puts together for the time of a `with` block."""
    stack = undertone(state, *given, **options)
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()
