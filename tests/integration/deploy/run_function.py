"""Runs one function of the application with one event, both from standard input, and prints its answer."""

import json
import sys

given = json.load(sys.stdin)
sys.path.insert(0, given["app"])
import app  # noqa: E402 - its place is known only now

answer = getattr(app, given["handler"])(given["event"], None)
sys.stdout.write("\n" + json.dumps(answer))
