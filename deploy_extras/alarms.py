"""What an operator is woken for: one list, from which the alarms of the stack are made.

Lambda's own `Errors` are not in it: the entry points catch whatever goes wrong and answer, so they stay at
zero while people see nothing but errors. CloudWatch bills each alarm, so the few that everybody gets are
counted sums; with the parameter ``Metrics=all`` their parts have alarms of their own.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from chalicelib.adapters.metrics import NAMESPACE
from chalicelib.metrics import Metric

_OURS = {"Stage": "${Stage}"}
_SOCKETS = {"ApiId": "${WebsocketApiId}"}
# The stack's own table, or the one that a restore has put in its place.
MESSAGES_IN_USE = {"Fn::If": ["IsRestored", {"Ref": "RestoredTable"}, {"Ref": "MessagesTable"}]}
_TABLES = ("ConnectionsTable", "MessagesTable")


class Alarm(NamedTuple):
    """An alarm: a statistic of a metric over `periods` times five minutes reaches a threshold.

    Values of ``dimensions`` may name parameters and resources of the template. ``condition`` is a condition
    of the template; without one the alarm always exists.
    """

    name: str
    description: str
    namespace: str
    metric: str
    dimensions: dict[str, str]
    threshold: float = 1
    periods: int = 1
    statistic: str = "Sum"
    condition: str | None = None


def _part(metric: Metric, description: str) -> Alarm:
    name = "".join(f"-{c.lower()}" if c.isupper() else c for c in metric).removeprefix("-")
    return Alarm(name, description, NAMESPACE, metric, _OURS, threshold=3, condition="AllMetrics")


def _table(table: str, kind: str) -> Alarm:
    description = f"DynamoDB refuses {kind.lower()}s of this table: see docs/scale.md"
    name = f"{table.removesuffix('Table').lower()}-table-{kind.lower()}-throttles"
    metric, dimensions = f"{kind}ThrottleEvents", {"TableName": f"${{{table}}}"}
    return Alarm(name, description, "AWS/DynamoDB", metric, dimensions, condition="AllMetrics")


ALARMS = (
    Alarm(
        "faults",
        "storage, a handler, a delivery or a hand-over failed; the saved query `faults` says which",
        NAMESPACE,
        Metric.FAULTS,
        _OURS,
        threshold=3,
    ),
    Alarm(
        "frames-refused",
        "clients get errors as answers; the saved query `refusals` says which",
        NAMESPACE,
        Metric.FRAMES_REFUSED,
        _OURS,
        threshold=200,
    ),
    Alarm(
        "storage-throttles",
        "DynamoDB refused requests, which were repeated: see docs/scale.md",
        NAMESPACE,
        Metric.STORAGE_THROTTLES,
        _OURS,
    ),
    Alarm(
        "rest-errors",
        "people cannot sign in or read; all stages of an account and region share this count",
        "AWS/ApiGateway",
        "5XXError",
        {"ApiName": "undertone"},
        threshold=3,
    ),
    Alarm(
        "websocket-integration-errors",
        "a function did not answer a frame or a handshake",
        "AWS/ApiGateway",
        "IntegrationError",
        _SOCKETS,
        threshold=3,
        condition="HasApis",
    ),
    Alarm(
        "websocket-execution-errors",
        "API Gateway could not call a function: permissions or quotas",
        "AWS/ApiGateway",
        "ExecutionError",
        _SOCKETS,
        threshold=3,
        condition="HasApis",
    ),
    Alarm(
        "function-throttles",
        "this account has no Lambda concurrency left in this region: raise the quota",
        "AWS/Lambda",
        "Throttles",
        {},  # of all functions together: each of them needs the same concurrency
    ),
    _part(Metric.HANDLER_FAULTS, "a frame or a request failed for a reason that nobody expected"),
    _part(Metric.STORAGE_FAULTS, "DynamoDB refused or did not answer"),
    _part(Metric.DRAIN_FAULTS, "deliveries stopped; the next sender, joiner or ping continues them"),
    _part(Metric.HAND_OVER_FAULTS, "the delivery function could not be invoked"),
    *(_table(table, kind) for table in _TABLES for kind in ("Read", "Write")),
    Alarm(
        "slow-frames",
        "frames take more than 5 s at the 99th percentile",
        "AWS/Lambda",
        "Duration",
        {"FunctionName": "undertone-${Stage}-websocket_message"},
        threshold=5000,
        periods=3,
        statistic="p99",
        condition="AllMetrics",
    ),
)


def resources() -> dict[str, dict[str, Any]]:
    """Return the alarms as resources of the template."""
    return dict(_resource(alarm) for alarm in ALARMS)


def _resource(alarm: Alarm) -> tuple[str, dict[str, Any]]:
    statistic = "ExtendedStatistic" if alarm.statistic.startswith("p") else "Statistic"
    found = {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": {
            "AlarmName": {"Fn::Sub": f"undertone-${{Stage}}-{alarm.name}"},
            "AlarmDescription": alarm.description,
            "Namespace": alarm.namespace,
            "MetricName": str(alarm.metric),
            "Dimensions": list(_dimensions(alarm)),
            statistic: alarm.statistic,
            "Period": 300,
            "EvaluationPeriods": alarm.periods,
            "Threshold": alarm.threshold,
            "ComparisonOperator": "GreaterThanOrEqualToThreshold",
            "TreatMissingData": "notBreaching",
            "AlarmActions": [{"Ref": "AlarmTopic"}],
            "OKActions": [{"Ref": "AlarmTopic"}],
        },
    }
    logical = "".join(part.capitalize() for part in alarm.name.split("-")) + "Alarm"
    return logical, found | ({"Condition": alarm.condition} if alarm.condition else {})


def _dimensions(alarm: Alarm) -> Iterator[dict[str, Any]]:
    for name, value in alarm.dimensions.items():
        if value == "${MessagesTable}":
            yield {"Name": name, "Value": MESSAGES_IN_USE}
        else:
            yield {"Name": name, "Value": {"Fn::Sub": value} if "${" in value else value}
