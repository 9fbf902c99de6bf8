"""DynamoDB's request units, by the examples and rules of its developer guide."""

from typing import Any

import pytest

from bench.cost.units import item_size, units


def text(size: int) -> dict[str, Any]:
    """An item of so many bytes, its key included."""
    return {"pk": {"S": "k"}, "t": {"S": "x" * (size - 4)}}


def test_the_size_of_an_item_is_that_of_its_names_and_values() -> None:
    assert item_size(text(100)) == 100
    assert item_size({"n": {"N": "1795341600123"}}) == 1 + 7 + 1
    assert item_size({"n": {"N": "-1500"}}) == 1 + 1 + 1 + 1
    assert item_size({"emoji": {"S": "👍"}}) == 5 + 4
    assert item_size({"b": {"B": b"abcde"}}) == item_size({"b": {"B": "YWJjZGU="}}) == 1 + 5
    assert item_size({"m": {"M": {"a": {"BOOL": True}}}}) == 1 + 3 + (1 + 1 + 1)
    assert item_size({"l": {"L": [{"S": "ab"}, {"N": "5"}]}}) == 1 + 3 + (1 + 2) + (1 + 2)


def test_an_unknown_type_is_named_in_the_error() -> None:
    with pytest.raises(ValueError, match="'XX'"):
        item_size({"a": {"XX": "1"}})


@pytest.mark.parametrize(
    ("size", "consistent", "read"), [(100, True, 1), (4096, True, 1), (4097, True, 2), (4097, False, 1)]
)
def test_a_read_counts_four_kilobytes(size: int, consistent: bool, read: int) -> None:
    assert units("GetItem", {"ConsistentRead": consistent}, {"Item": text(size)}) == (read, 0)


def test_a_read_of_nothing_costs_the_least() -> None:
    assert units("GetItem", {"ConsistentRead": True}, {}) == (1, 0)
    assert units("Query", {"ConsistentRead": True}, {"Items": []}) == (1, 0)
    assert units("Scan", {}, {"Items": []}) == (0.5, 0)


def test_a_query_counts_the_sum_of_its_items_and_a_batch_each_item() -> None:
    items = [text(1000)] * 8
    assert units("Query", {"ConsistentRead": True}, {"Items": items}) == (2, 0)
    asked = {"RequestItems": {"table": {"ConsistentRead": True, "Keys": [{}] * 10}, "other": {"Keys": [{}]}}}
    assert units("BatchGetItem", asked, {"Responses": {"table": items}}) == (8 + 2 + 0.5, 0), (
        "two are missing"
    )


def test_a_write_counts_the_bigger_of_before_and_after() -> None:
    assert units("PutItem", {"Item": text(1025)}, {}) == (0, 2)
    assert units("UpdateItem", {"Key": {"pk": {"S": "k"}}}, {"Attributes": text(3000)}) == (0, 3)
    assert units("DeleteItem", {"Key": {"pk": {"S": "k"}}}, {"Attributes": text(10)}) == (0, 1)


def test_a_write_whose_condition_fails_costs_as_much() -> None:
    assert units("UpdateItem", {"Key": {"pk": {"S": "k"}}}, {"Error": {}, "Item": text(2000)}) == (0, 2)


def test_a_transaction_costs_twice() -> None:
    writes = [{"Put": {"Item": text(500)}}, {"Put": {"Item": text(1500)}}]
    assert units("TransactWriteItems", {"TransactItems": writes}, {}) == (0, 2 * (1 + 2))
