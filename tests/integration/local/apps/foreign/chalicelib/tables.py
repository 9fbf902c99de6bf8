"""Uses a table as soon as it is imported."""

from typing import Any

import boto3

NAMES: list[str] = boto3.client("dynamodb").list_tables()["TableNames"]


def keep(table: str, item: dict[str, Any]) -> dict[str, Any]:
    """Store an item and read it again."""
    resource = boto3.resource("dynamodb").Table(table)
    resource.put_item(Item=item)
    found: dict[str, Any] = resource.get_item(Key={"pk": item["pk"]})["Item"]
    return found
