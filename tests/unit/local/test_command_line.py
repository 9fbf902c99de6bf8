"""What the tool says before it starts anything."""

import json
import socket
from pathlib import Path
from typing import Any

import pytest

from local.cli import main
from local.state import StateDirectory


@pytest.fixture
def app(tmp_path: Path) -> Path:
    (tmp_path / "app" / ".chalice").mkdir(parents=True)
    (tmp_path / "app" / "app.py").write_text("app = None\n")
    config = {"version": "2.0", "app_name": "x", "stages": {"dev": {}}}
    (tmp_path / "app" / ".chalice" / "config.json").write_text(json.dumps(config))
    return tmp_path / "app"


def fails(capsys: Any, *arguments: object) -> str:
    assert main([str(each) for each in arguments]) == 1
    return str(capsys.readouterr().err)


def test_a_directory_without_an_application_is_refused(capsys: Any, tmp_path: Path) -> None:
    for arguments in (["--state", tmp_path / "state"], ["--prepare"]):
        said = fails(capsys, "--app", tmp_path, *arguments)
        assert "not a Chalice application" in said and "app.py" in said


def test_an_unknown_stage_names_the_known_ones(capsys: Any, app: Path, tmp_path: Path) -> None:
    said = fails(capsys, "--app", app, "--stage", "prod", "--state", tmp_path / "state")
    assert "no stage 'prod'" in said and "dev" in said


def test_a_broken_configuration_is_named(capsys: Any, app: Path, tmp_path: Path) -> None:
    (app / ".chalice" / "config.json").write_text("{broken")
    assert "config.json" in fails(capsys, "--app", app, "--state", tmp_path / "state")


def test_a_taken_port_is_said_before_anything_starts(capsys: Any, app: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = fails(capsys, "--app", app, "--port", port, "--state", tmp_path / "state")
    assert f"Port {port} is taken" in said and "--port" in said
    assert not (tmp_path / "state" / "ministack.log").exists()


def test_a_state_directory_in_use_is_said(capsys: Any, app: Path, tmp_path: Path) -> None:
    owner = StateDirectory(tmp_path / "state")
    owner.lock()
    try:
        said = fails(capsys, "--app", app, "--state", tmp_path / "state")
    finally:
        owner.unlock()
    assert "Another stack (process " in said and "--state" in said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--port", "0"], "not a port"),
        (["--port", "70000"], "not a port"),
        (["--max-workers", "0"], "at least one worker"),
        (["--site", "/does/not/exist"], "not a directory"),
        (["--parameter", "Stage=dev"], "needs --template"),
    ],
)
def test_an_option_that_cannot_be_meant_is_refused(
    capsys: Any, app: Path, arguments: list[str], sentence: str
) -> None:
    assert sentence in fails(capsys, "--app", app, *arguments)


@pytest.mark.parametrize("option", ["--env", "--parameter"])
def test_a_pair_without_an_equals_sign_is_refused(capsys: Any, app: Path, option: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--app", str(app), option, "NAME"])
    assert ended.value.code == 2 and "NAME=VALUE" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "words"),
    [("signIn", "NAME=VALUE"), ("signIn={", "is not JSON"), ('restUrl="x"', "told by the stack itself")],
)
def test_a_key_of_the_site_s_configuration_needs_json(capsys: Any, given: str, words: str) -> None:
    with pytest.raises(SystemExit):
        main(["--app", ".", "--config", given])
    assert words in capsys.readouterr().err
