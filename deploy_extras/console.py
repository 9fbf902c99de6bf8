"""Progress messages of the commands."""

import sys


def say(line: str) -> None:
    """Print a line and flush."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def step(sentence: str) -> None:
    """Print the heading of a step."""
    say(f"\n== {sentence}")
