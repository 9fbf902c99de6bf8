"""Say why a module or a file cannot be found if the project has it and the package does not.

Functions run on the unpacked package, so Python's own errors come as on Lambda; here they get a reason.
"""

import errno
import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

READING = ("open", "os.listdir", "os.scandir")
"""Audit events that :class:`ExplainMissingFiles` is told of."""

_PACKAGED = "Chalice packages only app.py, chalicelib/, what is in vendor/, and the requirements"


class ExplainMissingModules:
    """The last import hook: it is asked for what no other finder has found, and finds nothing either."""

    def __init__(self, project: str) -> None:
        self._project = project

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Raise if an import statement wants what lies beside ``app.py``.

        Raises
        ------
        ModuleNotFoundError
            With the reason. Whoever only asks whether there is such a module is told that there is none.
        """
        importing = sys._getframe(2).f_code.co_name == "_find_and_load_unlocked"
        if path is None and importing:
            for candidate in (f"{name}.py", name):
                if os.path.exists(os.path.join(self._project, candidate)):
                    sentence = f"No module named {name!r}: {self._reason(candidate)}"
                    raise ModuleNotFoundError(sentence, name=name)
        return None

    def _reason(self, candidate: str) -> str:
        if candidate == "vendor":
            return "what is in vendor/ is at the root of the package, so it is imported without 'vendor.'"
        slash = "" if candidate.endswith(".py") else "/"
        return (
            f"{candidate}{slash} lies beside app.py, and {_PACKAGED}. "
            f"Move it to chalicelib/ and import chalicelib.{candidate.removesuffix('.py')}"
        )


class ExplainMissingFiles:
    """Audit hook for files and directories: gives the error for what the package lacks its reason."""

    def __init__(self, project: str, task_root: str) -> None:
        self._project = project
        self._task_root = task_root

    def check(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Raise the error that reading would raise, if the project has what is read and the package has not.

        Raises
        ------
        FileNotFoundError
            With the reason.
        """
        path = arguments[0]
        writing = event == "open" and arguments[2] & os.O_CREAT
        if not isinstance(path, str) or writing or "__pycache__" in path:
            return
        if os.path.isabs(path):
            if not path.startswith(self._task_root):
                return
        elif os.getcwd() != self._task_root:
            return
        full = os.path.join(self._task_root, path)
        name = os.path.relpath(full, self._task_root)
        beside = os.path.join(self._project, name)
        if name.startswith(os.pardir) or os.path.exists(full) or not os.path.exists(beside):
            return
        reason = f"No such file or directory: it lies beside app.py, and {_PACKAGED}"
        raise FileNotFoundError(errno.ENOENT, reason, path)
