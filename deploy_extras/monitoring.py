"""What watches a stage: the alarms, the saved queries and the dashboard, as a part of the template."""

from typing import Any

from deploy_extras import alarms, dashboard, queries


def part() -> dict[str, dict[str, Any]]:
    """Return conditions and resources that the template gets."""
    return {
        "Conditions": {
            "AllMetrics": {"Fn::Equals": [{"Ref": "Metrics"}, "all"]},
            "HasDashboard": {"Fn::Equals": [{"Ref": "Dashboard"}, "true"]},
        },
        "Resources": alarms.resources() | queries.resources() | {"DashboardOfMetrics": dashboard.resource()},
    }
