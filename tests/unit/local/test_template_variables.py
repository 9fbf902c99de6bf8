"""Variables that a template gives to functions reach them, or are named."""

import json
from pathlib import Path
from typing import Any

import pytest

from local.application import Application, Function
from local.emulator.function_variables import variable_outputs
from local.template_variables import TemplateVariables, unused_templates

ARN = "arn:aws:lambda:eu-west-1:000000000000:function:chat-dev-"
HERE = ["Table", "Stage"]


def function(short_name: str, logical_id: str, **environment: str) -> Function:
    return Function(
        name=f"chat-dev-{short_name}" if short_name != "rest" else "chat-dev",
        short_name=short_name,
        handler="app.f",
        logical_id=logical_id,
        timeout_seconds=60,
        memory_mb=128,
        environment=environment,
    )


FUNCTIONS = [
    function("rest", "APIHandler", KEPT="config"),
    function("websocket_message", "WebsocketMessage"),
    function("send_mail", "SendMail"),
]


def application() -> Application:
    return Application(
        name="chat",
        stage="dev",
        api_stage="api",
        functions={each.name: each for each in FUNCTIONS},
        rest_routes={},
        websocket_routes={},
        binary_types=(),
    )


def of_function(logical_id: str, **variables: Any) -> dict[str, Any]:
    return {logical_id: {"Properties": {"Environment": {"Variables": variables}}}}


def given(
    folder: Path, template: dict[str, Any], outputs: dict[str, str] | None = None, *elsewhere: str
) -> tuple[dict[str, dict[str, str]], tuple[str, ...]]:
    """Variables by short name, and notes."""
    path = folder / "template.json"
    path.write_text(json.dumps(template))
    variables = TemplateVariables.read(path, outputs or {}, region="eu-west-1", elsewhere=elsewhere)
    changed = variables.given_to(application())
    return {each.short_name: each.environment for each in changed.functions.values()}, changed.notes


def test_a_function_is_found_by_its_logical_id_and_others_keep_theirs(tmp_path: Path) -> None:
    template = {"Resources": of_function("SendMail", FROM="me") | of_function("APIHandler", NEW="x")}
    variables, notes = given(tmp_path, template)
    assert variables == {
        "rest": {"KEPT": "config", "NEW": "x"},
        "websocket_message": {},
        "send_mail": {"FROM": "me"},
    }
    assert notes == ()


def test_the_template_wins_over_the_configuration(tmp_path: Path) -> None:
    variables, _ = given(tmp_path, {"Resources": of_function("APIHandler", KEPT="template")})
    assert variables["rest"] == {"KEPT": "template"}


@pytest.mark.parametrize(
    ("written", "text"), [(8080, "8080"), (True, "true"), ("plain", "plain"), (1.5, "1.5")]
)
def test_numbers_and_truth_values_become_text(tmp_path: Path, written: Any, text: str) -> None:
    assert given(tmp_path, {"Resources": of_function("APIHandler", V=written)})[0]["rest"]["V"] == text


def test_what_the_template_gives_to_all_functions_reaches_each(tmp_path: Path) -> None:
    everywhere = {"Function": {"Environment": {"Variables": {"LOG": "info"}}}}
    template = {"Globals": everywhere, "Resources": of_function("SendMail", LOG="debug")}
    variables, _ = given(tmp_path, template)
    assert [each["LOG"] for each in variables.values()] == ["info", "info", "debug"]


def test_names_of_functions_and_apis_are_filled_in(tmp_path: Path) -> None:
    template = {"Resources": of_function("APIHandler", A={}, B={}, C={})}
    outputs = {
        "LocalStackVariable0": "[[SendMail]]",
        "LocalStackVariable1": "x [[WebsocketMessage.Arn]]",
        "LocalStackVariable2": "https://[[WebsocketAPI]].execute-api/api",
        "Own": "kept",
    }
    variables, notes = given(tmp_path, template, outputs)
    assert notes == () and outputs == {"Own": "kept"}
    assert variables["rest"]["A"] == "chat-dev-send_mail"
    assert variables["rest"]["B"] == f"x {ARN}websocket_message"
    assert variables["rest"]["C"] == f"https://{application().api_id}.execute-api/api"


@pytest.mark.parametrize(
    ("value", "outputs", "source"),
    [
        ({"Ref": "Topic"}, {"LocalStackVariable0": "[[Topic]]"}, "Topic"),
        ({"Fn::Sub": "${Queue.Arn}/x"}, {"LocalStackVariable0": "[[Queue.Arn]]/x"}, "Queue.Arn"),
        ({"Fn::ImportValue": "Shared"}, {}, '{"Fn::ImportValue": "Shared"}'),
        ("{{resolve:ssm:/key}}", {}, '"{{resolve:ssm:/key}}"'),
    ],
)
def test_a_variable_that_is_not_to_be_had_is_named_once_for_all_its_functions(
    tmp_path: Path, value: Any, outputs: dict[str, str], source: str
) -> None:
    both = {f"LocalStackVariable{n}": text for n in (0, 1) for text in outputs.values()}
    template = {"Resources": of_function("APIHandler", V=value) | of_function("SendMail", V=value)}
    variables, notes = given(tmp_path, template, both)
    assert "V" not in variables["rest"]
    [note] = notes
    assert note.startswith("rest, send_mail: no variable V,") and f"takes it from {source}, which" in note
    assert given(tmp_path, template, dict(both), "V")[1] == (), "the command line sets it"


def test_a_function_that_the_application_has_not_is_named(tmp_path: Path) -> None:
    _, [note] = given(tmp_path, {"Resources": of_function("WebsocketConnect", V="x")})
    assert "WebsocketConnect, which is no function of the application" in note


def test_other_resources_may_have_an_environment_of_their_own(tmp_path: Path) -> None:
    build = {"Type": "AWS::CodeBuild::Project", "Properties": {"Environment": {"Variables": {"V": "x"}}}}
    assert given(tmp_path, {"Resources": {"Build": build}})[1] == ()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"Ref": "Table"}, {"Ref": "Table"}),
        ({"Ref": "Stage"}, {"Ref": "Stage"}),
        ({"Ref": "AWS::Region"}, {"Ref": "AWS::Region"}),
        ({"Ref": "Topic"}, "[[Topic]]"),
        ({"Fn::GetAtt": "Table.Arn"}, {"Fn::GetAtt": ["Table", "Arn"]}),
        ({"Fn::GetAtt": ["SendMail", "Arn"]}, "[[SendMail.Arn]]"),
        ({"Fn::Sub": "${Table}-${Topic}-${!Kept}"}, {"Fn::Sub": "${Table}-[[Topic]]-${!Kept}"}),
        (
            {"Fn::Sub": ["${v}/${Queue.Arn}", {"v": {"Ref": "Topic"}}]},
            {"Fn::Sub": ["${v}/[[Queue.Arn]]", {"v": "[[Topic]]"}]},
        ),
        (
            {"Fn::If": ["IsProd", {"Ref": "Table"}, {"Ref": "AWS::NoValue"}]},
            {"Fn::If": ["IsProd", {"Ref": "Table"}, "[[AWS::NoValue]]"]},
        ),
        ({"Fn::Join": ["-", [{"Ref": "Topic"}, "x"]]}, {"Fn::Join": ["-", ["[[Topic]]", "x"]]}),
    ],
)
def test_the_emulator_is_asked_for_what_it_knows(value: Any, expected: Any) -> None:
    outputs = variable_outputs({"Resources": of_function("APIHandler", V=value)}, HERE)
    assert outputs == {"LocalStackVariable0": {"Value": expected}}


def test_a_variable_that_is_to_have_no_value_is_none(tmp_path: Path) -> None:
    template = {"Resources": of_function("APIHandler", V={"Fn::If": []})}
    variables, notes = given(tmp_path, template, {"LocalStackVariable0": "[[AWS::NoValue]]"})
    assert "V" not in variables["rest"] and notes == ()


def test_templates_that_lie_in_a_project_are_found(tmp_path: Path) -> None:
    (tmp_path / "resources.json").write_text(json.dumps({"Resources": of_function("APIHandler", V="x")}))
    (tmp_path / "extra.yaml").write_text(
        "Resources:\n  T:\n    Type: AWS::DynamoDB::Table\n    Properties: {}\n"
    )
    (tmp_path / "package.json").write_text('{"name": "x"}')
    (tmp_path / "broken.yml").write_text("a: [")
    assert [path.name for path in unused_templates(tmp_path)] == ["extra.yaml", "resources.json"]
