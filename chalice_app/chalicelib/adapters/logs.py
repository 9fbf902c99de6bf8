"""Log lines as JSON objects, one a line, so that CloudWatch can search their fields."""

import logging

from pythonjsonlogger.json import JsonFormatter


class LineFormatter(JsonFormatter):
    """Ends the line as well: Lambda's handler does not, and a metric could follow on the same line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as a line."""
        return f"{super().format(record)}\n"


def configure(level: str) -> None:
    """Make the root logger write JSON; Lambda's runtime has put a handler there already."""
    root = logging.getLogger()
    root.setLevel(level)
    for handler in root.handlers or [_stream(root)]:
        # Handlers of Python's own end lines themselves.
        kind = JsonFormatter if isinstance(handler, logging.StreamHandler) else LineFormatter
        handler.setFormatter(
            kind(
                "{levelname}{name}{message}{aws_request_id}",
                style="{",
                rename_fields={"levelname": "level", "name": "logger", "aws_request_id": "request"},
                json_ensure_ascii=False,
            )
        )
    # boto's own logging would repeat what the adapters say already.
    logging.getLogger("botocore").setLevel(max(root.level, logging.WARNING))


def _stream(root: logging.Logger) -> logging.Handler:
    handler = logging.StreamHandler()
    root.addHandler(handler)
    return handler
