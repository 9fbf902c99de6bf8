"""Alarms, saved queries and the dashboard, each made from one list."""

import json
import re
from typing import Any

import pytest

from chalicelib.adapters.metrics import NAMESPACE
from chalicelib.metrics import FAULTS, FEW, Metric
from deploy_extras import template
from deploy_extras.alarms import ALARMS
from deploy_extras.dashboard import GRAPHS
from deploy_extras.queries import QUERIES

# What stands in lines of the log besides metrics.
LOGGED = {"level", "logger", "message", "request", "exc_info", "operation", "fault", "code", "step", "model"}
LOGGED |= {"previous", "reason"}
KEYWORDS = {"filter", "or", "in", "ispresent", "stats", "sum", "as", "by", "bin", "sort", "desc", "fields"}
KEYWORDS |= {"limit", "at", "refused"}


@pytest.fixture(scope="module")
def resources() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = template.load()["Resources"]
    return found


def watched(condition: str | None = None) -> set[tuple[str, str]]:
    """Return the metrics of the alarms that exist under no other condition than this one."""
    always = {None, "HasApis", condition}
    return {(alarm.namespace, str(alarm.metric)) for alarm in ALARMS if alarm.condition in always}


def test_what_people_feel_has_an_alarm() -> None:
    assert watched() == {
        (NAMESPACE, "Faults"),
        (NAMESPACE, "FramesRefused"),
        (NAMESPACE, "StorageThrottles"),
        ("AWS/ApiGateway", "5XXError"),
        ("AWS/ApiGateway", "IntegrationError"),
        ("AWS/ApiGateway", "ExecutionError"),
        ("AWS/Lambda", "Throttles"),
    }


def test_with_all_metrics_each_kind_of_fault_and_each_table_has_an_alarm_of_its_own() -> None:
    found = watched("AllMetrics")
    assert {(NAMESPACE, str(metric)) for metric in FAULTS} <= found
    assert {("AWS/DynamoDB", "ReadThrottleEvents"), ("AWS/DynamoDB", "WriteThrottleEvents")} <= found
    tables = [alarm.dimensions["TableName"] for alarm in ALARMS if alarm.namespace == "AWS/DynamoDB"]
    assert sorted(tables) == ["${ConnectionsTable}"] * 2 + ["${MessagesTable}"] * 2


def test_no_alarm_waits_for_errors_that_the_entry_points_catch() -> None:
    assert ("AWS/Lambda", "Errors") not in watched("AllMetrics")


def test_every_metric_that_is_always_counted_has_an_alarm() -> None:
    ours = {metric for namespace, metric in watched() if namespace == NAMESPACE}
    # The trainer's alarm is in the trainer's own stack.
    assert ours | {str(Metric.TRAINER_FAILED)} == {str(metric) for metric in FEW}


def test_throttles_of_every_function_count(resources: dict[str, dict[str, Any]]) -> None:
    assert resources["FunctionThrottlesAlarm"]["Properties"]["Dimensions"] == []


def test_every_alarm_notifies_the_topic(resources: dict[str, dict[str, Any]]) -> None:
    alarms = [r["Properties"] for r in resources.values() if r["Type"] == "AWS::CloudWatch::Alarm"]
    assert len(alarms) == len(ALARMS)
    for alarm in alarms:
        assert alarm["AlarmActions"] == alarm["OKActions"] == [{"Ref": "AlarmTopic"}]
        assert alarm["TreatMissingData"] == "notBreaching"


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_asks_for_what_the_log_has(name: str) -> None:
    unquoted = re.sub(r"'[^']*'|@timestamp", "", QUERIES[name])
    words = {word.removesuffix("_") for word in re.findall(r"[A-Za-z_]{2,}", unquoted)}
    assert words - KEYWORDS <= LOGGED | set(Metric)


def test_queries_look_into_the_logs_of_every_function(resources: dict[str, dict[str, Any]]) -> None:
    found = [r["Properties"] for r in resources.values() if r["Type"] == "AWS::Logs::QueryDefinition"]
    assert len(found) == len(QUERIES) == 5
    for query in found:
        assert len(query["LogGroupNames"]) == 9
        assert {"Fn::Sub": "/aws/lambda/undertone-${Stage}"} in query["LogGroupNames"]


def test_the_dashboard_has_widgets_that_do_not_overlap(resources: dict[str, dict[str, Any]]) -> None:
    [body, _] = resources["DashboardOfMetrics"]["Properties"]["DashboardBody"]["Fn::Sub"]
    places = [(widget["x"], widget["y"]) for widget in json.loads(body)["widgets"]]
    assert len(set(places)) == len(places) == len(GRAPHS)


def test_every_metric_is_on_the_dashboard_once() -> None:
    metrics = [metric for graph in GRAPHS.values() for metric in graph]
    ours = [name for namespace, name, *_ in metrics if namespace == NAMESPACE]
    assert sorted(ours) == sorted(Metric)
    assert all(rest == ["Stage", "${Stage}"] for space, _, *rest in metrics if space == NAMESPACE)
