"""Make a process of the application part of the local stack. Python imports this file when it starts.

It imports nothing large itself: cold starts are measured, and must stay honest.
"""

import os
import sys
from typing import Any

from _local_stack import endpoints, outside  # type: ignore[import-not-found]
from _local_stack.package import (  # type: ignore[import-not-found]
    READING,
    ExplainMissingFiles,
    ExplainMissingModules,
)


def _install() -> None:
    endpoints.install(os.environ)
    project = os.environ.pop("LOCAL_STACK_PROJECT", None)
    task_root = os.environ.get("LAMBDA_TASK_ROOT")
    # A program that a function starts is kept from AWS as well, but need not be on the package.
    files = ExplainMissingFiles(project, task_root) if project and task_root else None
    if project:
        sys.meta_path.append(ExplainMissingModules(project))

    def audit(event: str, arguments: tuple[Any, ...]) -> None:
        if event in READING:
            if files is not None:
                files.check(event, arguments)
        elif event.startswith("socket."):
            outside.check(event, arguments)

    sys.addaudithook(audit)


_install()
