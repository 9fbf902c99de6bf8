import pytest

from chalicelib.domain.emoji import check_emoji
from chalicelib.errors import Invalid


@pytest.mark.parametrize(
    "emoji",
    [
        "👍",
        "👍🏽",
        "❤",
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
