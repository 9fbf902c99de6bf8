"""Faces and hearts, and what only looks like them."""

import pytest

from chalicelib.sentiment.text import clean, tokenize


def faces(text: str) -> list[str]:
    return [token.word for token in tokenize(clean(text)) if token.kind == "face"]


@pytest.mark.parametrize(
    "text",
    [
        "p99 latency is <30 ms",
        "p99 latency is <3 ms",
        "the queue has <3 items",
        "if n <3 then stop",
        "see point 8) in the doc",
        "a) one B) two 8) three",
        "set a:=3",
        "we meet (10:30)",
        "it ended 3:0",
        "(c) 2024",
        "x:D4",
        "list[:3]",
        "map{a:D}",
        "=D4+E5",
        "for (;;) { x }",
        "options :( a | b )",
        "f( x ): y",
        "the D: drive",
        "save it on D:",
        "it must be <3",
        "x^^2",
        "10px xp 8s XS",
    ],
)
def test_numbers_lists_times_ratios_and_code_have_no_faces(text: str) -> None:
    assert faces(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nice :)", [":)"]),
        ("ok. :-) (lol :D)", [":-)", ":D"]),
        ("wow :))) :((( xDDD", [":)", ":(", "xD"]),
        ("so sad ):", ["):"]),
        ('"love it :)"', [":)"]),
        ("thanks <3 you", ["<3"]),
        ("i <3 u <3<3<3", ["<3", "<3"]),
        ("😀:) see you at 8 <3", [":)", "<3"]),
        ("^_^ -___- T__T \\o/ >_< o_O </3", ["^_^", "-_-", "T_T", "\\o/", ">_<", "o_O", "</3"]),
        ("oh no D:", ["D:"]),
        (":( (really)", [":("]),
    ],
)
def test_a_face_with_a_boundary_on_both_sides_is_one(text: str, found: list[str]) -> None:
    assert faces(text) == found
