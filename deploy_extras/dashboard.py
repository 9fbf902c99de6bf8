"""The dashboard: a grid of graphs, two in a row."""

import json
from typing import Any

from chalicelib.adapters.metrics import NAMESPACE
from chalicelib.metrics import Metric
from deploy_extras.alarms import MESSAGES_IN_USE

_FRAMES = ("FunctionName", "undertone-${Stage}-websocket_message")
_DELIVERIES = ("FunctionName", "undertone-${Stage}-deliver")
_PREVIEWS = ("FunctionName", "undertone-${Stage}-preview")
_CALLS = ("FunctionName", "undertone-${Stage}-call")
_PUSHES = ("FunctionName", "undertone-${Stage}-push")


def _ours(*metrics: Metric) -> list[list[Any]]:
    return [[NAMESPACE, str(metric), "Stage", "${Stage}"] for metric in metrics]


def _of(namespace: str, *metrics: tuple[Any, ...]) -> list[list[Any]]:
    return [[namespace, *metric] for metric in metrics]


GRAPHS = {
    "Frames and deliveries": _of("AWS/Lambda", ("Invocations", *_FRAMES), ("Invocations", *_DELIVERIES)),
    "Time of a frame": _of(
        "AWS/Lambda", ("Duration", *_FRAMES, {"stat": "p50"}), ("Duration", *_FRAMES, {"stat": "p99"})
    ),
    "Connections and messages": _of(
        "AWS/ApiGateway", ("ConnectCount", "ApiId", "${Api}"), ("MessageCount", "ApiId", "${Api}")
    ),
    "Faults": _ours(
        Metric.FAULTS,
        Metric.STORAGE_FAULTS,
        Metric.HANDLER_FAULTS,
        Metric.DRAIN_FAULTS,
        Metric.HAND_OVER_FAULTS,
        Metric.MODEL_FAULTS,
        Metric.FRAMES_REFUSED,
    ),
    "DynamoDB": _of(
        "AWS/DynamoDB",
        ("ConsumedWriteCapacityUnits", "TableName", "${Messages}"),
        ("ConsumedReadCapacityUnits", "TableName", "${Messages}"),
        ("ConsumedWriteCapacityUnits", "TableName", "${ConnectionsTable}"),
    )
    + _ours(Metric.STORAGE_THROTTLES),
    "Delivery": _ours(
        Metric.HAND_OVERS,
        Metric.LEASES_LOST,
        Metric.POSITIONS_VOIDED,
        Metric.CONNECTIONS_GONE,
        Metric.CONNECTIONS_UNREACHED,
        Metric.POSTS_THROTTLED,
    ),
    "Pushes": _of("AWS/Lambda", ("Invocations", *_PUSHES))
    + _ours(Metric.PUSHES_SENT, Metric.PUSHES_GONE, Metric.PUSHES_FAILED),
    "Calls of bots": _of("AWS/Lambda", ("Invocations", *_CALLS))
    + _ours(Metric.BOT_CALLS_ANSWERED, Metric.BOT_CALLS_FAILED),
    "Previews of links": _of("AWS/Lambda", ("Invocations", *_PREVIEWS))
    + _ours(Metric.PREVIEWS_FOUND, Metric.PREVIEWS_NOT_FOUND, Metric.PREVIEWS_FAILED),
    "Models": _ours(Metric.ROLLUP_FAULTS, Metric.TURNS_UNTOLD, Metric.MODELS_REPLACED, Metric.TRAINER_FAILED),
}


def resource() -> dict[str, Any]:
    """Return the dashboard as a resource of the template."""
    widgets = [
        {
            "type": "metric",
            "width": 12,
            "height": 6,
            "x": 12 * (n % 2),
            "y": 6 * (n // 2),
            "properties": {
                "title": title,
                "region": "${AWS::Region}",
                "stat": "Sum",
                "period": 60,
                "metrics": metrics,
            },
        }
        for n, (title, metrics) in enumerate(GRAPHS.items())
    ]
    body = json.dumps({"widgets": widgets}, separators=(",", ":"))
    api = {"Fn::If": ["HasApis", {"Ref": "WebsocketApiId"}, "none"]}
    return {
        "Type": "AWS::CloudWatch::Dashboard",
        "Condition": "HasDashboard",
        "Properties": {
            "DashboardName": {"Fn::Sub": "undertone-${Stage}"},
            "DashboardBody": {"Fn::Sub": [body, {"Api": api, "Messages": MESSAGES_IN_USE}]},
        },
    }
