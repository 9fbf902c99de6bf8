"""A command that runs in the place of the one that was typed."""

import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager


@contextmanager
def in_our_place(
    command: Sequence[str], env: Mapping[str, str] | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a command and pass SIGTERM on to it; at the end of the block it is waited for."""
    with subprocess.Popen(command, env=env) as child:  # noqa: S603 - the caller's own
        signal.signal(signal.SIGTERM, lambda number, frame: child.send_signal(number))
        # A terminal sends it to both: the child decides when it ends.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        yield child


def exit_code(child: "subprocess.Popen[bytes]") -> int:
    """Wait for a child; whoever stopped it with a signal has got what was asked for."""
    return max(0, child.wait())
