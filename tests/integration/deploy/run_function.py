"""Runs a function of the application on an event, from standard input, and prints its response."""

import json
import sys
from collections.abc import Sequence

import app


def main(arguments: Sequence[str]) -> int:
    """Run the function whose handler is named."""
    [handler] = arguments
    answer = getattr(app, handler)(json.load(sys.stdin), None)
    sys.stdout.write("\n" + json.dumps(answer))
    return 0
