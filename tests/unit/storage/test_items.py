"""Items that earlier versions stored are read as the messages of today."""

from decimal import Decimal

from chalicelib.adapters.dynamodb import items

STORED = {
    "sk": Decimal(4),
    "newest": Decimal(9),
    "id": "3f0c6d3e-8f57-4c8b-9d7e-0a1b2c3d4e5f",
    "user": "ada",
    "name": "Ada",
    "text": "hello",
    "sent_at": "2026-11-22T10:00:00.123Z",
}


def test_the_stored_spellings_of_one_emoji_are_one_reaction() -> None:
    stored = STORED | {"reactions": {"❤": {"ada", "bob"}, "❤\ufe0f": {"bob"}, "👍\ufe0f": {"eve"}}}
    message = items.to_message("general", stored)
    assert message.reactions == {"❤\ufe0f": {"ada", "bob"}, "👍": {"eve"}}


def test_reactions_have_the_order_of_their_first_use_though_a_stored_map_has_none() -> None:
    stored = STORED | {"reactions": {"👀": {"eve"}, "🎉": {"ada"}, "👍": {"bob"}}, "emoji": ["👍", "🎉"]}
    assert list(items.to_message("general", stored).reactions) == ["👍", "🎉", "👀"]


def test_a_message_without_reactions_has_none() -> None:
    assert items.to_message("general", STORED).reactions == {}
