"""What the stack and the functions print: one line at a time, prefixed, JSON log lines made readable."""

import json
import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO

_COLOURS = (36, 33, 35, 32, 34, 96, 93, 95)
_LEVEL_COLOURS = {"WARNING": 33, "ERROR": 31, "CRITICAL": 31}
_MESSAGE_KEYS = ("message", "msg", "event")
_LEVEL_KEYS = ("level", "severity", "levelname")
_TIME_KEYS = ("timestamp", "time", "ts", "asctime")
_TRACE_KEYS = ("exception", "traceback", "stackTrace", "stack_trace", "exc_info")


class Console:
    """Writes whole lines to a text stream; colours only on a terminal."""

    def __init__(self, stream: TextIO | None = None, quiet: bool = False) -> None:
        self._stream = stream or sys.stdout
        if isinstance(self._stream, TextIOWrapper):
            # A terminal that cannot show an emoji must not stop a function's output.
            self._stream.reconfigure(errors="backslashreplace")
        self._tty = self._stream.isatty()
        self._quiet = quiet
        self._colours: dict[str, int] = {}

    def say(self, text: str) -> None:
        """Print a line of the stack itself, even when quiet."""
        self._write(text)

    def function_line(self, name: str, line: str) -> None:
        """Print one line that a function wrote, prefixed with its name."""
        if self._quiet or not line.strip():
            return
        prefix = self._paint(f"{name} |", self._colour_of(name))
        for part in readable(line, self._paint):
            self._write(f"{prefix} {part}")

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text + "\n")
            self._stream.flush()
        except BrokenPipeError:
            # Whoever read the output (``| head``) has gone; functions must still be able to write theirs.
            self._stream = Path(os.devnull).open("w")  # noqa: SIM115 - for the rest of the process

    def _colour_of(self, name: str) -> int:
        return self._colours.setdefault(name, _COLOURS[len(self._colours) % len(_COLOURS)])

    def _paint(self, text: str, colour: int | None) -> str:
        return f"\x1b[{colour}m{text}\x1b[0m" if self._tty and colour else text


def _plain(text: str, colour: int | None) -> str:
    return text


def _take(record: dict[str, Any], keys: tuple[str, ...]) -> Any:
    for key in keys:
        if key in record:
            return record.pop(key)
    return None


def readable(line: str, paint: Any = _plain) -> list[str]:
    """Split a line into what a person reads: ``LEVEL message key=value …`` for JSON, then its traceback.

    Any other line comes back as it is.
    """
    if not line.startswith("{"):
        return [line]
    try:
        record = json.loads(line)
    except ValueError:
        return [line]
    message = _take(record, _MESSAGE_KEYS)
    if message is None:
        return [line]
    level = str(_take(record, _LEVEL_KEYS) or "INFO").upper()
    _take(record, _TIME_KEYS)
    trace = _take(record, _TRACE_KEYS)
    fields = [f"{key}={_value(value)}" for key, value in record.items()]
    head = f"{paint(level, _LEVEL_COLOURS.get(level))} {message}"
    return [" ".join([head, *fields]), *_trace_lines(trace)]


def _value(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return json.dumps(text, ensure_ascii=False) if " " in text and isinstance(value, str) else text


def _trace_lines(trace: Any) -> list[str]:
    if not trace:
        return []
    text = "\n".join(map(str, trace)) if isinstance(trace, list) else str(trace)
    return [part for part in text.splitlines() if part.strip()]
