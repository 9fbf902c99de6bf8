"""The stacks that benches start: the chat without its page, and the simple design beside it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from local.testing import RunningStack, stack_process
from testkit.undertone import undertone

SIMPLE_APP = Path(__file__).parent / "simple_app"


def ours(state: Path, env: Mapping[str, str] | None = None, arguments: Sequence[str] = ()) -> RunningStack:
    """Return the chat, not started yet."""
    return undertone(state, env, arguments, page=False)


def simple(state: Path) -> RunningStack:
    """Return the simple chat in the same kind of stack, not started yet."""
    return stack_process(
        app=SIMPLE_APP,
        template=SIMPLE_APP / "template.yaml",
        stage="local",
        state=state,
        arguments=["--no-reload"],
    )
