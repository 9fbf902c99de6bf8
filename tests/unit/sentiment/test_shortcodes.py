"""Shortcodes are read as their emoji."""

import pytest

from chalicelib.domain.emoji import PATTERN
from chalicelib.sentiment.shortcodes import EMOJI
from chalicelib.sentiment.text import clean, tokenize


@pytest.mark.parametrize(
    ("written", "emoji"),
    [
        (":tada:", "🎉"),
        (":thumbsup:", "👍"),
        (":+1:", "👍"),
        (":-1:", "👎"),
        (":Heart:", "❤"),
        (":thumbs-down:", "👎"),
    ],
)
def test_a_shortcode_is_its_emoji(written: str, emoji: str) -> None:
    assert [token.word for token in tokenize(clean(f"ok {written}"))] == ["ok", emoji]


def test_shortcodes_side_by_side_are_all_read() -> None:
    assert [token.word for token in tokenize(clean(":rocket::rocket: :clap:"))] == ["🚀", "🚀", "👏"]


@pytest.mark.parametrize("text", ["at 10:30:15 today", "a:b:c", "ratio 3:2:1", "http://host:80:90"])
def test_numbers_and_names_with_colons_are_no_shortcodes(text: str) -> None:
    assert not [token for token in tokenize(clean(text)) if token.kind == "emoji"]


def test_the_words_in_a_rooms_own_emoji_are_not_read() -> None:
    assert not {"sad", "parrot", "hate"} & {
        token.word for token in tokenize(clean("look :sad_parrot: :hate_it:"))
    }


def test_every_shortcode_of_the_table_is_one_emoji() -> None:
    import re  # noqa: PLC0415

    assert [name for name, emoji in EMOJI.items() if not re.fullmatch(PATTERN, emoji)] == []
