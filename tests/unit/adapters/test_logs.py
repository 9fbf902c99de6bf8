"""Log lines: each a JSON object on a line of its own, whoever writes them."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from chalicelib.adapters import logs


class LambdaHandler(logging.Handler):
    """Writes what the formatter gives and nothing more, as the handler of Lambda's runtime does."""

    def __init__(self, out: io.StringIO) -> None:
        super().__init__()
        self._out = out

    def emit(self, record: logging.LogRecord) -> None:
        self._out.write(self.format(record))


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    root, botocore = logging.getLogger(), logging.getLogger("botocore")
    handlers, levels = root.handlers, (root.level, botocore.level)
    yield io.StringIO()
    root.handlers = handlers
    root.setLevel(levels[0])
    botocore.setLevel(levels[1])


@pytest.mark.parametrize("kind", [LambdaHandler, logging.StreamHandler])
def test_each_record_is_a_json_object_on_a_line_of_its_own(out: io.StringIO, kind: type) -> None:
    logging.getLogger().handlers = [kind(out)]
    logs.configure("INFO")
    for text in ("grüße", "two\nlines"):
        logging.getLogger("chat").info(text, extra={"room": "general"})
    lines = out.getvalue().splitlines()
    assert [json.loads(line)["message"] for line in lines] == ["grüße", "two\nlines"]
    assert json.loads(lines[0]).items() >= {"level": "INFO", "logger": "chat", "room": "general"}.items()
    assert out.getvalue().endswith("}\n")
