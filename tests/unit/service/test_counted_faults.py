"""Whatever fails unexpectedly is counted, in every function: Lambda's own count stays at zero."""

import json
from typing import Any

import pytest

from chalicelib.entrypoints import json_views, websocket
from chalicelib.errors import SettingsError, Unavailable
from chalicelib.metrics import Metric
from chalicelib.settings import Settings
from testkit.world import World

TABLES = {"CONNECTIONS_TABLE": "c", "MESSAGES_TABLE": "m"}


@pytest.mark.parametrize("function", [websocket.connect, websocket.disconnect, websocket.deliver])
def test_a_function_that_fails_is_counted_and_fails(function: Any) -> None:
    world = World()
    with pytest.raises(KeyError):
        function(world.chat, {})
    assert world.metrics.counted[Metric.HANDLER_FAULTS] == 1


def test_storage_that_does_not_answer_is_not_counted_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()

    def unavailable(*_: Any) -> None:
        raise Unavailable("The chat's storage did not answer.")

    monkeypatch.setattr(world.chat.connecting, "disconnect", unavailable)
    with pytest.raises(Unavailable):
        websocket.disconnect(world.chat, {"requestContext": {"connectionId": "a="}})
    assert Metric.HANDLER_FAULTS not in world.metrics.counted


def test_a_request_that_fails_is_counted_and_answered(capsys: pytest.CaptureFixture[str]) -> None:
    @json_views.in_json
    def view() -> Any:
        raise ZeroDivisionError

    assert view().status_code == 503
    [line] = [json.loads(each) for each in capsys.readouterr().out.splitlines()]
    assert (line["HandlerFaults"], line["Faults"]) == (1, 1)


def test_every_metric_is_made_only_if_the_deployment_says_so() -> None:
    assert not Settings.from_environ(TABLES).every_metric
    assert Settings.from_environ(TABLES | {"METRICS": "all"}).every_metric
    with pytest.raises(SettingsError, match="METRICS is 'most': it must be few or all"):
        Settings.from_environ(TABLES | {"METRICS": "most"})
