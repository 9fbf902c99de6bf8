"""Log lines as JSON objects, one a line, so that CloudWatch can search their fields."""

import logging

from pythonjsonlogger.json import JsonFormatter


def configure(level: str) -> None:
    """Make the root logger write JSON; Lambda's runtime has put a handler there already."""
    formatter = JsonFormatter(
        "{levelname}{name}{message}{aws_request_id}",
        style="{",
        rename_fields={"levelname": "level", "name": "logger", "aws_request_id": "request"},
        json_ensure_ascii=False,
    )
    root = logging.getLogger()
    root.setLevel(level)
    for handler in root.handlers or [_stream(root)]:
        handler.setFormatter(formatter)
    # boto's own logging would repeat what the adapters say already.
    logging.getLogger("botocore").setLevel(max(root.level, logging.WARNING))


def _stream(root: logging.Logger) -> logging.Handler:
    handler = logging.StreamHandler()
    root.addHandler(handler)
    return handler
