"""What is typed after --every, and what a command sees."""

import pytest

from local.commands import Scheduled, stack_variables, with_own
from local.errors import StackError


def test_a_command_is_split_as_a_shell_would() -> None:
    assert Scheduled.parse("60", "echo 'two words'") == Scheduled(60.0, ("echo", "two words"))


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("/usr/bin/env x", "env"),
        (".venv/bin/python -m trainer run", "trainer"),
        ("nice python -m a.b", "a.b"),
    ],
)
def test_its_output_is_prefixed_with_the_program_or_the_module(command: str, name: str) -> None:
    assert Scheduled.parse("1", command).name == name


@pytest.mark.parametrize("seconds", ["0", "-1", "soon", "nan", "inf"])
def test_seconds_that_cannot_be_meant_are_named(seconds: str) -> None:
    with pytest.raises(StackError, match=f"--every {seconds}"):
        Scheduled.parse(seconds, "true")


@pytest.mark.parametrize("command", ["", "  ", "echo 'open"])
def test_a_command_that_cannot_be_read_is_refused(command: str) -> None:
    with pytest.raises(StackError, match="--every"):
        Scheduled.parse("1", command)


def test_a_command_sees_the_stack_and_nothing_of_the_developers_account(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "production")
    monkeypatch.setenv("EDITOR", "ed")
    endpoints = {
        "aws": "http://127.0.0.1:1",
        "lambda": "http://127.0.0.1:2",
        "management": "http://127.0.0.1:3",
        "credentials": {"AWS_ACCESS_KEY_ID": "local"},
    }
    seen = with_own(stack_variables(endpoints, {"TABLE": "t"}, region="eu-west-1"))
    assert "AWS_PROFILE" not in seen
    assert (seen["EDITOR"], seen["TABLE"], seen["AWS_REGION"]) == ("ed", "t", "eu-west-1")
    assert seen["AWS_ENDPOINT_URL"] == "http://127.0.0.1:1"
    assert seen["AWS_ACCESS_KEY_ID"] == "local"
