"""Runs a function of the application on an event, both from standard input, and prints its response."""

import json
import sys

given = json.load(sys.stdin)
sys.path.insert(0, given["app"])
import app  # noqa: E402 - its folder is known only now

answer = getattr(app, given["handler"])(given["event"], None)
sys.stdout.write("\n" + json.dumps(answer))
