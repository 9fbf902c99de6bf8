import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.sentiment.text import MAX_CHARACTERS, MAX_TOKENS, clean, tokenize


def words(text: str) -> list[str]:
    return [token.word for token in tokenize(clean(text))]


def test_a_long_text_keeps_its_beginning_and_its_end() -> None:
    text = "first " + "x" * 5000 + " last"
    cut = clean(text)
    assert len(cut) <= MAX_CHARACTERS + 1
    assert cut.startswith("first") and cut.endswith("last")


def test_a_text_of_very_many_tokens_keeps_both_ends() -> None:
    tokens = words("good " + "😍" * 1500 + " bad")
    assert len(tokens) == MAX_TOKENS
    assert tokens[0] == "good" and tokens[-1] == "bad"


def test_utf8_that_was_read_as_windows_text_is_repaired() -> None:
    assert clean("itâ€™s fine") == "it's fine"


def test_an_ordinary_accent_is_unchanged() -> None:
    assert clean("Ão é bom") == "Ão é bom"


def test_html_entities_are_decoded() -> None:
    assert clean("you &amp; me &lt;3") == "you & me <3"


def test_a_drawl_is_known_by_its_word_with_two_letters() -> None:
    assert words("soooooo goooood") == ["soo", "good"]


def test_a_hashtag_is_known_by_its_word() -> None:
    assert words("#Happy") == ["happy"]


def test_a_contraction_is_one_word_whatever_its_apostrophe() -> None:
    assert words("don’t") == words("don't") == ["don't"]


def test_faces_links_users_and_code_are_kinds_of_their_own() -> None:
    text = "@ada look :) https://example.com/good 😍 10:30 !! os.kill()"
    kinds = [token.kind for token in tokenize(clean(text))]
    assert kinds == ["user", "word", "face", "link", "emoji", "number", "mark", "code"]


def test_skin_tones_genders_and_variation_selectors_do_not_make_another_emoji() -> None:
    assert words("👍🏽") == words("👍") == ["👍"]
    assert words("❤️") == words("❤") == ["❤"]
    assert words("🤷🏾\u200d♀️") == words("🤷") == ["🤷"]


@pytest.mark.parametrize(
    "emoji",
    [
        "🏴\u200d☠\ufe0f",
        "🐦\u200d🔥",
        "👍🏿",
        "👨\u200d👩\u200d👧",
        "🇩🇪",
        "1\ufe0f\u20e3",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    ],
)
def test_an_emoji_is_one_token_as_it_was_written(emoji: str) -> None:
    assert [(token.kind, token.raw) for token in tokenize(clean(f"see {emoji}{emoji}"))][1:] == [
        ("emoji", emoji)
    ] * 2


def test_a_word_with_something_invisible_in_it_is_that_word() -> None:
    assert words("gr\u200deat, ter\u00adrible") == ["great", ",", "terrible"]


def test_a_long_text_is_cut_between_words() -> None:
    text = "word " * 150 + "x" * 3000 + " terrible" * 60
    assert set(words(text)) <= {"word", "terrible"}


def test_a_block_of_code_in_the_middle_of_a_long_text_is_left_out_whole() -> None:
    text = "fine " * 100 + "```\n" + "kill " * 500 + "\n```" + " fine" * 100
    assert "kill" not in words(text)


@given(st.text(max_size=400))
def test_any_text_has_tokens_without_spaces(text: str) -> None:
    cleaned = clean(text)
    for token in tokenize(cleaned):
        assert token.raw
        assert "\n" not in token.word and " " not in token.word


def test_shorthand_is_read_as_the_word_it_stands_for() -> None:
    assert words("u r gr8, luv it") == ["you", "are", "great", ",", "love", "it"]
    assert words("i dun like it") == ["i", "don't", "like", "it"]
    assert words("GUD #luv") == ["good", "love"]


def test_shorthand_with_digits_is_not_found_inside_other_words() -> None:
    assert "hate" not in words("h80 ah8 h8y")
