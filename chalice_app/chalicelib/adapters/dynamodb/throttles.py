"""Counts what DynamoDB refused for being too much: botocore repeats such requests without a word."""

from typing import Any

from chalicelib.metrics import Metric, Metrics

_CODES = ("ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded")
_REASONS = ("ProvisionedThroughputExceeded", "ThrottlingError")


def count_throttles(client: Any, metrics: Metrics) -> None:
    """Count every refused attempt of a client of DynamoDB, also if the next one succeeds."""

    def look(response: tuple[Any, dict[str, Any]] | None = None, **_: Any) -> None:
        answer = response[1] if response else {}
        reasons = {reason.get("Code") for reason in answer.get("CancellationReasons", ())}
        if answer.get("Error", {}).get("Code") in _CODES or reasons.intersection(_REASONS):
            metrics.count(Metric.STORAGE_THROTTLES)

    client.meta.events.register("needs-retry.dynamodb", look)
