"""JSON objects from clients, within the size that a frame may have."""

import json
from typing import Any, NoReturn

from chalicelib.errors import BadFrame, BadJson, TooLarge
from chalicelib.protocol.limits import CLIENT_FRAME_BYTES

MAX_DIGITS = 400  # the largest number of double precision has 309


def parse_object(body: str, *, what: str, most: int = CLIENT_FRAME_BYTES) -> dict[str, Any]:
    """Return the JSON object in `body`.

    Parameters
    ----------
    what
        What the body is called in an error: "frame" or "body".
    most
        How many bytes it may have.

    Raises
    ------
    TooLarge, BadJson, BadFrame
    """
    problem = too_large(body, what, most)
    if problem is not None:
        raise problem
    return read_object(body, what)


def too_large(body: str, what: str, most: int = CLIENT_FRAME_BYTES) -> TooLarge | None:
    """Return the error for a body that has too many bytes, or None."""
    size = len(body.encode("utf-8", "surrogatepass"))
    if size <= most:
        return None
    return TooLarge(f"The {what} has {size:,} bytes: it may have at most {most:,}.")


def read_object(body: str, what: str) -> dict[str, Any]:
    """Return the JSON object in `body`, whatever its size; raise `BadJson` or `BadFrame`."""
    try:
        value = json.loads(body, parse_constant=_refuse_constant, parse_int=_parse_int)
    except RecursionError as error:
        raise BadJson(f"The {what} nests objects or arrays too deeply to be read.") from error
    except json.JSONDecodeError as error:
        raise BadJson(f"The {what} is not JSON: {_where(body, error.pos)}.") from error
    except ValueError as error:
        raise BadJson(f"The {what} is not JSON: {str(error)[:120]}.") from error
    if not isinstance(value, dict):
        raise BadFrame(f"The {what} must be a JSON object with an action.")
    return value


def _where(body: str, position: int) -> str:
    if body.startswith("\ufeff"):
        return "it begins with a byte order mark (U+FEFF)"
    if not body.strip():
        return "it is empty"
    if position >= len(body):
        return "it ends too early"
    return f"it goes wrong at character {position + 1:,}"


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")


def _parse_int(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ValueError(f"a number has {len(digits):,} digits")
    return int(digits)
