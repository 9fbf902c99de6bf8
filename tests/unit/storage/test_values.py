"""Our reading and writing of DynamoDB's types is boto3's, for what is stored here."""

import random
from decimal import Decimal
from typing import Any

import pytest
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

from chalicelib.adapters.dynamodb.values import deserialize, pack, serialize, unpack

TEXTS = ("", "a", "naïve 😍", "0", "\ud7ff\ue000", "line\nline", "x" * 5_000)


def some_value(chance: random.Random, depth: int = 3) -> Any:
    kinds = 7 if depth else 5
    match chance.randrange(kinds):
        case 0:
            return chance.choice(TEXTS)
        case 1:
            return chance.choice([0, -1, 2**53, chance.randrange(-(10**30), 10**30)])
        case 2:
            return chance.choice([True, False, None])
        case 3:
            return Decimal(chance.randrange(-(10**9), 10**9)).scaleb(-chance.randrange(12))
        case 4:
            return set(chance.sample(TEXTS, chance.randrange(1, len(TEXTS))))
        case 5:
            return {f"key{n}": some_value(chance, depth - 1) for n in range(chance.randrange(4))}
    parts = [some_value(chance, depth - 1) for _ in range(chance.randrange(4))]
    return chance.choice([list, tuple])(parts)


@pytest.mark.parametrize("seed", range(20))
def test_values_are_written_as_boto3_writes_them(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(200):
        value = some_value(chance)
        assert serialize(value) == TypeSerializer().serialize(value)


@pytest.mark.parametrize("seed", range(20))
def test_attributes_are_read_as_boto3_reads_them(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(200):
        attribute = TypeSerializer().serialize(some_value(chance))
        ours, theirs = deserialize(attribute), TypeDeserializer().deserialize(attribute)
        assert (repr(ours), ours) == (repr(theirs), theirs)


@pytest.mark.parametrize("value", [b"", b"bytes\x00\xff"])
def test_bytes_are_written_and_read_as_boto3_does(value: bytes) -> None:
    attribute = serialize(value)
    assert attribute == TypeSerializer().serialize(value)
    assert deserialize(attribute) == TypeDeserializer().deserialize(attribute).value == value


def test_floats_keep_the_digits_that_they_show() -> None:
    stored = pack({"score": 0.1, "because": [["great", -1e-07]]})
    assert stored == {
        "score": {"N": "0.1"},
        "because": {"L": [{"L": [{"S": "great"}, {"N": "-1e-07"}]}]},
    }
    assert unpack(stored)["score"] == Decimal("0.1")


@pytest.mark.parametrize("value", [set(), {1, 2}, {b"bytes"}, object()])
def test_what_is_never_stored_is_refused_with_its_value(value: Any) -> None:
    with pytest.raises(TypeError, match="cannot be stored"):
        serialize(value)
