import pytest

from chalicelib.domain.emoji import check_emoji, merged
from chalicelib.errors import Invalid


@pytest.mark.parametrize(
    "emoji",
    [
        "👍",
        "👍🏽",
        "❤️",
        "1️⃣",
        "🇩🇪",
        "👩‍💻",
        "👨‍👩‍👧‍👦",
        "🏳️‍🌈",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    ],
)
def test_one_emoji_is_one_however_many_characters_it_has(emoji: str) -> None:
    assert check_emoji(emoji) == emoji


@pytest.mark.parametrize(
    "value",
    [
        "",
        "a",
        "👍👍",
        "👍 ",
        ":)",
        None,
        7,
        "🇩",
        "😀\U000e0041\U000e007f",  # looks like 😀 and would count beside it
        "👨‍👩‍👧‍👦‍👨‍👩‍👧‍👦",
    ],
)
def test_anything_else_is_refused(value: object) -> None:
    with pytest.raises(Invalid, match="emoji"):
        check_emoji(value)


@pytest.mark.parametrize(
    ("spellings", "shown"),
    [
        (["👍", "👍\ufe0f", "👍\ufe0e"], "👍"),
        (["❤", "❤\ufe0f", "❤\ufe0e"], "❤\ufe0f"),
        (["☝🏽", "☝\ufe0f🏽"], "☝🏽"),
        (["1\u20e3", "1\ufe0f\u20e3"], "1\ufe0f\u20e3"),
        (["🏳\u200d🌈", "🏳\ufe0f\u200d🌈"], "🏳\ufe0f\u200d🌈"),
        (["🤷\u200d♀", "🤷\ufe0f\u200d♀\ufe0f"], "🤷\u200d♀\ufe0f"),
        (["🇫🇷"], "🇫🇷"),
    ],
)
def test_every_spelling_of_an_emoji_becomes_the_one_that_shows_as_a_picture(
    spellings: list[str], shown: str
) -> None:
    assert {check_emoji(spelling) for spelling in spellings} == {shown}


def test_an_emoji_is_as_long_as_without_its_variation_selectors() -> None:
    kiss = "👩🏻\u200d❤\u200d💋\u200d👨🏻"
    assert check_emoji(check_emoji(kiss)) == "👩🏻\u200d❤\ufe0f\u200d💋\u200d👨🏻"


def test_reactions_that_differ_in_a_variation_selector_are_counted_as_one() -> None:
    stored = {"❤": frozenset({"ada", "bob"}), "👍": frozenset({"ada"}), "❤\ufe0f": frozenset({"bob", "eve"})}
    assert merged(stored) == {"❤\ufe0f": frozenset({"ada", "bob", "eve"}), "👍": frozenset({"ada"})}
