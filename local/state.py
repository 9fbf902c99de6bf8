"""The state directory: one stack at a time, and the file that tells other tools where everything is."""

import contextlib
import fcntl
import json
import os
import secrets
from pathlib import Path
from typing import IO, Any

from local.errors import StackError

ENDPOINTS_FILE = "endpoints.json"


def read_endpoints(state: Path) -> dict[str, Any]:
    """Return where everything of the stack is that runs on a state directory.

    Raises
    ------
    StackError
        No stack runs there.
    """
    path = state / ENDPOINTS_FILE
    try:
        endpoints: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise StackError(f"{path} is not there: no stack runs on {state}. Start one first.") from None
    return endpoints


class StateDirectory:
    """Holds the lock of a state directory."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: IO[str] | None = None

    def lock(self) -> None:
        """Take the directory for this stack.

        Raises
        ------
        StackError
            Another stack uses it, or it cannot be made.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            # Append mode, because opening must not wipe the other stack's pid.
            self._lock = (self.path / "lock").open("a+")
        except OSError as error:
            raise StackError(f"The state directory {self.path} cannot be used: {error}") from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.seek(0)
            owner = self._lock.read().strip() or "unknown"
            self._lock.close()
            self._lock = None
            raise StackError(
                f"Another stack (process {owner}) uses the state directory {self.path}. "
                "Stop it, or choose another directory with --state."
            ) from None
        self._lock.truncate(0)
        self._lock.write(str(os.getpid()))
        self._lock.flush()
        self.forget_endpoints()

    def unlock(self) -> None:
        """Give the directory back."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def api_key(self) -> str:
        """Return the key that opens routes which require one: made once, so that clients may keep it."""
        path = self.path / "api-key"
        try:
            return path.read_text("utf-8").strip()
        except FileNotFoundError:
            key = secrets.token_urlsafe(30)
            path.touch(0o600)
            path.write_text(f"{key}\n", "utf-8")
            return key

    def publish(self, endpoints: dict[str, Any]) -> None:
        """Write ``endpoints.json`` in one step, so that nobody reads half of it."""
        temporary = self.path / f"{ENDPOINTS_FILE}.new"
        temporary.write_text(json.dumps(endpoints, indent=2) + "\n", "utf-8")
        temporary.replace(self.path / ENDPOINTS_FILE)

    def forget_endpoints(self) -> None:
        """Remove the endpoints: the stack is not (or no longer) ready."""
        with contextlib.suppress(FileNotFoundError):
            (self.path / ENDPOINTS_FILE).unlink()
