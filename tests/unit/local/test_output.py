"""What people see of the functions' output."""

import io
import json

from local.output import Console, readable


def shown(line: str) -> list[str]:
    stream = io.StringIO()
    Console(stream).function_line("rest", line)
    return stream.getvalue().splitlines()


def test_plain_lines_are_prefixed_with_the_functions_name() -> None:
    assert shown("hello") == ["rest | hello"]


def test_empty_lines_are_left_out() -> None:
    assert shown("  ") == []


def test_a_json_line_reads_level_message_and_the_other_fields() -> None:
    record = {
        "level": "warning",
        "timestamp": "2026-11-22T10:00:00Z",
        "message": "slow reader",
        "room": "a b",
        "n": 3,
    }
    assert shown(json.dumps(record)) == ['rest | WARNING slow reader room="a b" n=3']


def test_the_traceback_in_a_json_line_keeps_its_lines() -> None:
    record = {"level": "ERROR", "message": "failed", "exception": "Traceback:\n  File x\nValueError: no"}
    assert shown(json.dumps(record)) == [
        "rest | ERROR failed",
        "rest | Traceback:",
        "rest |   File x",
        "rest | ValueError: no",
    ]


def test_json_that_is_no_log_record_and_broken_json_stay_as_they_are() -> None:
    assert readable('{"a": 1}') == ['{"a": 1}']
    assert readable("{broken") == ["{broken"]


def test_quiet_hides_functions_but_not_the_stack() -> None:
    stream = io.StringIO()
    console = Console(stream, quiet=True)
    console.function_line("rest", "hidden")
    console.say("Ready")
    assert stream.getvalue() == "Ready\n"


def test_a_reader_that_went_away_does_not_stop_the_stack() -> None:
    class Closed(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    console = Console(Closed())
    console.say("one")
    console.say("two")
