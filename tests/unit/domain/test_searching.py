"""Queries, and what they find."""

from dataclasses import replace

import pytest

from chalicelib.domain.messages import Message, User
from chalicelib.domain.searching import block_texts, parse_query
from chalicelib.errors import Invalid


def a_message(text: str, name: str = "Ada", *, deleted: bool = False) -> Message:
    return Message("general", 1, 1, "id", User("u", name), text, "2026-11-29", None, deleted=deleted)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("deploy", "We deployed it"),
        ("DEPLOY again", "again we Deployed"),
        ("cafe", "im Café um drei"),
        ("café", "im cafe um drei"),
        ("strasse", "die Straße"),
        ("ＦＵＬＬ", "full width"),
        ("読書", "今日は読書をする"),
        ('"good morning"', "Good  morning, all"),
        ('"unfinished phrase', "an unfinished phrase"),
        ('"on call" pager', "the pager of who is on call"),
        ("from:ada hello", "hello"),
        ('from:"ADA"', "anything"),
        ("c++", "written in C++"),
        ("привет", "Привет, мир"),
        ("ποιός", "ΠΟΙΟΣ"),
    ],
)
def test_a_query_finds_a_text(query: str, text: str) -> None:
    assert parse_query(query).finds(a_message(text))
    assert parse_query(query).found_in(block_texts([a_message(text)])) == [1]


@pytest.mark.parametrize(
    ("query", "text", "name"),
    [
        ("deploy release", "we deployed", "Ada"),
        ('"morning good"', "good morning", "Ada"),
        ("from:bob hello", "hello", "Ada"),
        ("from:ada hello", "hello", "Adam"),
        ("hello", "", "Ada"),
    ],
)
def test_a_query_passes_over_a_text(query: str, text: str, name: str) -> None:
    assert not parse_query(query).finds(a_message(text, name))
    assert parse_query(query).found_in(block_texts([a_message(text, name)])) == []


def test_names_with_spaces_and_accents_are_found() -> None:
    assert parse_query('from:"jose maria"').finds(a_message("hola", "José María"))


def test_a_deleted_message_is_not_found() -> None:
    assert not parse_query("from:ada").finds(a_message("", deleted=True))
    assert block_texts([a_message("what is left", deleted=True)]) == ""
    assert parse_query("from:ada").found_in("") == []


def test_a_block_finds_in_each_message_by_itself() -> None:
    said = ["one\nline\tand\x1fanother", "and 7", "line", "7 lines"]
    messages = [replace(a_message(text), seq=7 + n, at=7 + n) for n, text in enumerate(said)]
    texts = block_texts(messages)
    assert parse_query('"line and"').found_in(texts) == [7]
    assert parse_query('"another and"').found_in(texts) == []
    assert parse_query("7").found_in(texts) == [8, 10]
    assert parse_query("from:ada line").found_in(texts) == [7, 9, 10]


@pytest.mark.parametrize("query", [None, "", "   ", '""', "from:", 'from:""', "x" * 201])
def test_a_query_that_asks_for_nothing_is_refused(query: str | None) -> None:
    with pytest.raises(Invalid, match=r"^q has"):
        parse_query(query)
