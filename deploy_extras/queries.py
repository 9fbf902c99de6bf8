"""The questions that an operator asks of the logs, saved in CloudWatch Logs Insights."""

from typing import Any

from chalicelib.metrics import Metric
from deploy_extras import names


def _sums(*metrics: Metric) -> str:
    shown = " or ".join(f"ispresent({metric})" for metric in metrics)
    sums = ", ".join(f"sum({metric}) as {metric}_" for metric in metrics)
    return f"filter {shown} | stats {sums} by bin(5m) as at | sort at desc"


QUERIES = {
    # What fails, and how often?
    "faults": _sums(
        Metric.HANDLER_FAULTS, Metric.STORAGE_FAULTS, Metric.DRAIN_FAULTS, Metric.HAND_OVER_FAULTS
    ),
    # Why does it fail? The newest tracebacks.
    "reasons": "filter level in ['WARNING', 'ERROR', 'CRITICAL'] "
    "| fields @timestamp, level, logger, message, operation, fault, exc_info, request "
    "| sort @timestamp desc | limit 50",
    # Whose frames are refused?
    "refusals": f"filter ispresent({Metric.FRAMES_REFUSED}) "
    f"| stats sum({Metric.FRAMES_REFUSED}) as refused by code | sort refused desc",
    # Why do messages come late?
    "deliveries": _sums(
        Metric.POSTS_THROTTLED,
        Metric.CONNECTIONS_UNREACHED,
        Metric.CONNECTIONS_GONE,
        Metric.HAND_OVERS,
        Metric.LEASES_LOST,
        Metric.POSITIONS_VOIDED,
    ),
    # Which model answers, and why not a newer one?
    "models": "filter message in ['model replaced', 'model unavailable'] "
    "| fields @timestamp, message, model, previous, step, reason | sort @timestamp desc | limit 50",
}


def resources() -> dict[str, dict[str, Any]]:
    """Return the queries as resources of the template."""
    functions = [names.function("${Stage}", name) for name in names.FUNCTIONS]
    groups = [{"Fn::Sub": f"/aws/lambda/{function}"} for function in functions]
    return {
        f"{name.capitalize()}Query": {
            "Type": "AWS::Logs::QueryDefinition",
            # The log groups exist once the application does.
            "Condition": "HasApis",
            "Properties": {
                "Name": {"Fn::Sub": f"undertone-${{Stage}}/{name}"},
                "QueryString": query,
                "LogGroupNames": groups,
            },
        }
        for name, query in QUERIES.items()
    }
