"""Values that are given to make reach the command unchanged."""

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
CODES = ["sesame", "pa$word 1", "it's", 'say "friend"', "a;b`c`|d", "$(HOME)", "back\\slash"]


def command_words(target: str, code: str = "", *more: str) -> list[str]:
    """Return the words of the command that make would run, as the shell would split them."""
    command = [
        "make",
        "--dry-run",
        "--always-make",
        "--no-print-directory",
        target,
        f"ACCESS_CODE={code}",
        *more,
    ]
    command.append(f"PYTHON={sys.executable}")  # else make looks for one, which takes a second
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    return shlex.split(found.stdout.replace("\\\n", " "), comments=False)


@pytest.mark.parametrize("code", CODES)
def test_an_access_code_may_have_any_character(code: str) -> None:
    assert f"ACCESS_CODE={code}" in command_words("run", code)
    words = command_words("deploy", code)
    assert words[words.index("--access-code") + 1] == code


def test_previews_of_links_are_off_until_they_are_turned_on() -> None:
    off = command_words("run"), command_words("deploy")
    assert "linkPreviews=false" in off[0]
    assert not [
        word for words in off for word in words if "LINK_PREVIEWS=" in word or "LinkPreviews=" in word
    ]
    on = command_words("run", "", "LINK_PREVIEWS=yes")
    assert {"LINK_PREVIEWS=yes", "linkPreviews=true"} <= set(on)
    assert "LinkPreviews=yes" in command_words("deploy", "", "LINK_PREVIEWS=yes")
    assert "LinkPreviews=no" in command_words("deploy", "", "LINK_PREVIEWS=no")


def test_everybody_makes_rooms_unless_that_is_left_to_admins() -> None:
    assert 'roomsBy="everyone"' in command_words("run")
    assert {"ROOMS_BY=admins", 'roomsBy="admins"'} <= set(command_words("run", "", "ROOMS_BY=admins"))
    assert "RoomsBy=admins" in command_words("deploy", "", "ROOMS_BY=admins")
    with pytest.raises(subprocess.CalledProcessError) as refused:
        command_words("run", "", "ROOMS_BY=nobody")
    assert "ROOMS_BY is nobody: it must be everyone or admins" in refused.value.stderr


@pytest.mark.parametrize("target", ["run", "deploy"])
def test_previews_of_links_are_refused_where_it_is_not_clear_whether_they_are_wanted(target: str) -> None:
    with pytest.raises(subprocess.CalledProcessError) as refused:
        command_words(target, "", "LINK_PREVIEWS=1")
    assert "LINK_PREVIEWS is 1: it must be yes or no" in refused.value.stderr


def test_an_own_look_reaches_the_copy_of_the_site_and_the_deployment() -> None:
    given = ("CHAT_NAME=It's $5", "ACCENT=#5b2245", "STYLE=our own.css")
    run = command_words("run", "", *given)
    expected = ["--chat-name", "It's $5", "--accent", "#5b2245", "--style", "our own.css"]
    assert _after(command_words("deploy", "", *given)) == expected
    assert any("deploy_extras.look" in word for word in run)
    assert not any("deploy_extras.look" in word for word in command_words("run"))
    assert "site=static_site" in command_words("run")


def _after(words: list[str]) -> list[str]:
    at = words.index("--chat-name")
    return words[at : at + 6]
