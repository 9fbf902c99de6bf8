"""Counts what a client asks of DynamoDB."""

from collections import Counter
from typing import Any


class Counting:
    """A DynamoDB client that counts its requests."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.requests: Counter[str] = Counter()

    def __getattr__(self, name: str) -> Any:
        method = getattr(self.client, name)

        def call(**arguments: Any) -> Any:
            self.requests[name] += 1
            return method(**arguments)

        return call
