"""A process that starts as a Lambda function does, and says what that took.

The plan is JSON on standard input: ``imports`` (modules to import first) and ``calls`` (pairs of a handler
of the application, or ``session``, and its event). Prints ``cpu`` (seconds since the process began), the
answers, and the names of all modules that are loaded.
"""

import importlib
import json
import sys
import time
import uuid
from typing import Any


def main() -> None:
    """Carry out the plan."""
    plan = json.load(sys.stdin)
    for name in plan["imports"]:
        importlib.import_module(name)
    app = importlib.import_module("app")
    answers = [_call(app, handler, event) for handler, event in plan["calls"]]
    cpu = time.process_time()
    modules = sorted(sys.modules)
    # The application logs to standard output too, so the result stands in the last line.
    sys.stdout.write("\n" + json.dumps({"cpu": cpu, "answers": answers, "modules": modules}) + "\n")


def _call(app: Any, handler: str, event: dict[str, Any]) -> Any:
    if handler == "session":
        return app.chat(event).sessions.create(f"bench {uuid.uuid4().hex[:8]}", None, "127.0.0.1").token
    return getattr(app, handler)(event, None)


if __name__ == "__main__":
    main()
