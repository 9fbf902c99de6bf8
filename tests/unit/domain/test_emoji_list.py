"""The page's list of emoji agrees with what the service takes as a reaction."""

import json
from pathlib import Path

import pytest

from chalicelib.domain.emoji import check_emoji
from tools.emoji import compiled

LIST = json.loads((Path(__file__).parents[3] / "static_site" / "emoji.json").read_text("utf-8"))
TEST_FILE = """# Version: 15.0
# group: Smileys & Emotion
1F600 ; fully-qualified     # 😀 E1.0 grinning face
263A FE0F ; fully-qualified     # ☺️ E0.6 smiling face
263A ; unqualified         # ☺ E0.6 smiling face
# group: Component
1F3FB ; component           # 🏻 E1.0 light skin tone
# group: People & Body
1F44D ; fully-qualified     # 👍 E0.6 thumbs up
1F44D 1F3FB ; fully-qualified     # 👍🏻 E1.0 thumbs up: light skin tone
"""
ANNOTATIONS = """<annotation cp="👍">+1 | hand | thumbs up | up &amp; away</annotation>
<annotation cp="👍" type="tts">thumbs up</annotation>"""


def test_the_service_takes_every_emoji_of_the_page_in_its_spelling() -> None:
    every = [emoji for group in LIST["groups"] for emoji, _, _ in group["emoji"]]
    assert len(every) == len(set(every)) > 1_800
    assert [emoji for emoji in every if check_emoji(emoji) != emoji] == []


def test_the_file_says_where_it_is_from_and_under_which_licence() -> None:
    assert LIST["source"].startswith("Unicode Emoji ")
    assert "unicode.org" in LIST["licence"]


def test_emoji_are_compiled_by_group_without_tones_with_the_words_that_their_names_lack() -> None:
    groups = compiled(TEST_FILE, ANNOTATIONS)["groups"]
    assert groups == [
        {"name": "Smileys & Emotion", "emoji": [["😀", "grinning face", ""], ["☺️", "smiling face", ""]]},
        {"name": "People & Body", "emoji": [["👍", "thumbs up", "& +1 away hand"]]},
    ]


def test_another_file_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no emoji-test\.txt"):
        compiled("# something else", ANNOTATIONS)
