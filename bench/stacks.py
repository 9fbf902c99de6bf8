"""The stacks that benches start: the chat, and the simple design that it is compared with."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from local.testing import RunningStack, stack_process

ROOT = Path(__file__).parents[1]
UNLIMITED = {"RATE_PER_SECOND": "10000", "RATE_BURST": "100000"}
"""A bench sends from few clients what comes from many people otherwise."""


def undertone(state: Path, env: Mapping[str, str] | None = None, more: Sequence[str] = ()) -> RunningStack:
    """The chat as `make run` starts it, with the page left out; not started yet."""
    return stack_process(
        app=ROOT / "chalice_app",
        template=ROOT / "deploy_extras" / "template.yaml",
        parameters={"Stage": "local"},
        stage="local",
        state=state,
        env=UNLIMITED | dict(env or {}),
        arguments=["--no-reload", *more],
    )


def simple(state: Path) -> RunningStack:
    """The simple chat in the same kind of stack; not started yet."""
    app = ROOT / "bench" / "simple_app"
    return stack_process(
        app=app, template=app / "template.yaml", stage="local", state=state, arguments=["--no-reload"]
    )
