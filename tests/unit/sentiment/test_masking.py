"""What is not language: addresses, names, files, identifiers and code."""

import pytest

from chalicelib.sentiment.masking import CODE, LINK, USER, mask, without_fences

SHOWN = {LINK: "LINK", USER: "USER", CODE: "CODE"}


def masked(text: str) -> str:
    found = mask(without_fences(text))
    return "".join(SHOWN.get(character, character) for character in found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mail me at terrible@firma.de, please", "mail me at LINK, please"),
        ("see https://awful.com/bad.", "see LINK."),
        ("见https://awful.com/bad，谢谢", "见LINK，谢谢"),
        ("terrible-hate.org!", "LINK!"),
        ("terrible.com's page, run kill -9 now", "LINK's page, run CODE -9 now"),
        ("bad.example.com/sad/path, bit.ly/Ab1", "LINK, LINK"),
        ("@mr.terrible are you there?", "USER are you there?"),
        ("ask @org/sad-team or @ada:sad.org", "ask USER or USER"),
    ],
)
def test_addresses_and_names_of_people_are_masked(text: str, found: str) -> None:
    assert masked(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "terrible.jpg",
        "bad_file.tar.gz",
        "v1.2.3-broken",
        "/usr/bin/kill",
        "./kill.sh",
        "~/sad/",
        "C:\\bad\\worse",
        "src/awful",
        "fix/that-crash",
        "one/terrible/place",
        "--kill",
        "--on-error=ignore",
        "grep -r terrible",
        "obj['terrible']",
        "{terrible: 1}",
        "dead_letter_queue",
        "FATAL_ERROR",
        "__init_failed__",
        "isDead",
        "ErrorHandler",
        "HTTPError",
        "os.kill",
        "my-dead-app.internal",
        "self.fail()",
        'panic("so terrible")',
        "std::terminate",
        "status=failed",
        "a:=3",
        "${HATE}",
        "bad-host:8080",
        "terrible:latest",
        "<b class='bad'>",
        "#dead-letter-queue",
        "`terrible`",
        "``a ` killer``",
        "```\nkill\n```",
        "```not closed: kill",
        "~~~\nkill\n~~~",
        "$ kill -9 1",
        "r/hate",
        "dead-worker-2",
        "terrible-2.0.whl",
    ],
)
def test_files_paths_flags_identifiers_and_code_are_masked(text: str) -> None:
    assert set(masked(text).split()) == {"CODE"}


@pytest.mark.parametrize(
    "text",
    [
        "well-made, state-of-the-art",
        "Great! Really good.",
        "it was great.Thanks",
        "so.very.good",
        "1.Great 2.Bad",
        "good/bad, and/or, 24/7, 11/22/2026",
        "#BestDayEver #sad",
        "my iPhone is LOUD, NOOOooo, HaHaHa",
        "friend(s) (really)",
        "e.g. at 5 p.m., 3.5k",
        "``a quotation'' don`t",
        "good -- bad",
        "the food -good or bad -or both -a mixture",
        "*great* _bad_ **good**",
        "- good\n- bad",
        "it was bad.I'm sad, days.C'mon",
        "\\o/ o_O T_T ¯\\_(ツ)_/¯ =D </3",
    ],
)
def test_what_people_write_is_left_as_it_is(text: str) -> None:
    assert masked(text) == text


def test_a_character_of_the_masks_in_a_text_is_no_mask() -> None:
    assert masked("a\x01b\x02c\x03") == "a b c "
