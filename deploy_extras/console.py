"""What a command says while it works."""

import sys


def say(sentence: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def step(sentence: str) -> None:
    """Print the heading of a step."""
    say(f"\n== {sentence}")
