"""DynamoDB's typed attributes, for the types that are stored here.

boto3 has the same for all types, and importing it costs every start of a function some 20 ms of CPU; a test
holds both equal.
"""

from collections.abc import Callable, Mapping, Set
from decimal import Decimal
from typing import Any

Item = dict[str, Any]


def pack(values: Mapping[str, Any]) -> Item:
    """Return values as DynamoDB's typed attributes; floats keep the digits that they show."""
    return {name: serialize(value) for name, value in values.items()}


def unpack(item: Mapping[str, Any]) -> Item:
    """Return DynamoDB's typed attributes as values: numbers are `Decimal`."""
    return {name: deserialize(value) for name, value in item.items()}


def serialize(value: Any) -> Item:  # noqa: PLR0911 - one for each type
    """Return a value as DynamoDB wants it, such as ``{"N": "7"}`` for 7.

    Raises
    ------
    TypeError
        The value is of a type that is not stored here, such as a set of numbers or an empty set.
    """
    match value:
        case None:
            return {"NULL": True}
        case bool():
            return {"BOOL": value}
        case str():
            return {"S": value}
        case bytes():
            return {"B": value}
        case int() | Decimal():
            return {"N": str(value)}
        case float():
            return {"N": repr(value)}
        case Mapping():
            return {"M": pack(value)}
        case list() | tuple():
            return {"L": [serialize(part) for part in value]}
        case Set() if value and all(isinstance(part, str) for part in value):
            return {"SS": list(value)}
    raise TypeError(
        f"{value!r} cannot be stored: values are texts, bytes, numbers, lists, maps and sets of texts"
    )


def deserialize(value: Mapping[str, Any]) -> Any:
    """Return what a typed attribute holds."""
    [(kind, content)] = value.items()
    return _FROM[kind](content)


_FROM: dict[str, Callable[[Any], Any]] = {
    "NULL": lambda _: None,
    "BOOL": bool,
    "S": str,
    "B": bytes,
    "N": Decimal,
    "M": unpack,
    "L": lambda parts: [deserialize(part) for part in parts],
    "SS": set,
}
