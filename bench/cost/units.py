"""DynamoDB's request units on demand, from what was asked and answered.

Source: "Item sizes and formats" and "Read and write request units" of the DynamoDB developer guide. A unit
reads 4 KB consistently (8 KB eventually) or writes 1 KB; a transaction takes twice as many.
"""

import base64
import math
from collections.abc import Callable, Mapping
from typing import Any

Json = Mapping[str, Any]
READ_BYTES, WRITE_BYTES = 4096, 1024


def item_size(item: Json) -> int:
    """Return the bytes of an item in DynamoDB's typed form: names and values."""
    return sum(len(name.encode()) + _value_size(value) for name, value in item.items())


def _value_size(value: Json) -> int:
    [(kind, content)] = value.items()
    size = _SIZES.get(kind)
    if size is None:
        raise ValueError(f"attributes of the type {kind!r} are not expected: only {', '.join(_SIZES)} are")
    return size(content)


def _number_size(content: str) -> int:
    # A byte for each two significant digits and one more, and one for a sign.
    digits = content.lstrip("-").replace(".", "").strip("0")
    return max(1, math.ceil(len(digits) / 2)) + 1 + content.startswith("-")


def _text_size(content: str) -> int:
    return len(content.encode())


def _bytes_size(content: bytes | str) -> int:
    # botocore has decoded what was answered; a request has it in base64.
    return len(content if isinstance(content, bytes) else base64.b64decode(content))


_SIZES: dict[str, Callable[[Any], int]] = {
    "S": _text_size,
    "B": _bytes_size,
    "N": _number_size,
    "BOOL": lambda _: 1,
    "NULL": lambda _: 1,
    "SS": lambda texts: sum(map(_text_size, texts)),
    "L": lambda parts: 3 + sum(1 + _value_size(part) for part in parts),
    "M": lambda parts: 3 + sum(1 + _text_size(name) + _value_size(part) for name, part in parts.items()),
}


def units(operation: str, asked: Json, answer: Json) -> tuple[float, float]:
    """Return the read and write request units of a request.

    A write costs by the bigger of the item before and after; if the answer does not show them, by the
    request. A write whose condition fails costs as much.
    """
    match operation:
        case "GetItem":
            return _read(item_size(answer.get("Item", {})), asked), 0.0
        case "Query" | "Scan":
            return _read(sum(map(item_size, answer.get("Items", []))), asked), 0.0
        case "BatchGetItem":
            return sum(
                _batch(wanted, answer.get("Responses", {}).get(table, []))
                for table, wanted in asked["RequestItems"].items()
            ), 0.0
        case "PutItem" | "UpdateItem" | "DeleteItem":
            known = [asked.get("Item"), asked.get("Key"), answer.get("Attributes"), answer.get("Item")]
            return 0.0, float(_write(max(item_size(item) for item in known if item)))
        case "TransactWriteItems":
            parts = [part for write in asked["TransactItems"] for part in write.values()]
            return 0.0, 2.0 * sum(_write(item_size(part.get("Item") or part["Key"])) for part in parts)
    return 0.0, 0.0  # tables are made, and filled before anything is counted


def _read(size: int, asked: Json) -> float:
    whole = max(1, math.ceil(size / READ_BYTES))
    return float(whole) if asked.get("ConsistentRead") else whole / 2


def _batch(wanted: Json, found: list[Json]) -> float:
    """Return the units of a table's part: each item for itself; one that does not exist costs the least."""
    missing = len(wanted["Keys"]) - len(found)
    return sum(_read(item_size(item), wanted) for item in found) + missing * _read(0, wanted)


def _write(size: int) -> int:
    return max(1, math.ceil(size / WRITE_BYTES))
