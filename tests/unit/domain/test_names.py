"""What a name may be, when it is another's, and what a text must show."""

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.text import check_name, check_text, name_key
from chalicelib.domain.visibility import nfc
from chalicelib.errors import Invalid

INVISIBLE = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f\u200b\u2060\u2800\u3164\ufeff\uffa0\U00016fe4"
    "\U0001d159\u00ad\u061c\u2065\ufe00\U000e0100\U000e0041\ufff0\ufff9\ufffc\ue000\U0010fffd\u0378\u200a\u2028"
)


@pytest.mark.parametrize("character", INVISIBLE, ids=ascii)
def test_a_name_with_a_character_that_shows_nothing_is_invalid(character: str) -> None:
    with pytest.raises(Invalid, match="invisible"):
        check_name(f"Mar{character}ina")


@pytest.mark.parametrize("joiner", ["\u200c", "\u200d", "\ufe0f"], ids=ascii)
def test_a_joiner_between_letters_that_do_not_need_it_is_invalid(joiner: str) -> None:
    with pytest.raises(Invalid, match="invisible"):
        check_name(f"A{joiner}da")


@pytest.mark.parametrize(
    "name",
    [
        "Ada",
        "नमस्ते",
        "क्\u200dष",
        "র\u200d্যাব",
        "علی\u200cرضا",
        "សុខ",
        "རྒྱལ་མཚན",
        "ᠮᠣᠩᠭᠣᠯ",
        "עברית",
        "山田\u3000太郎",
        "Nguyễn",
        "👩\u200d👧",
        "❤\ufe0f",
        "1\ufe0f\u20e3",
        "Zoë\u0301",
    ],
)
def test_names_of_any_script_are_kept(name: str) -> None:
    assert check_name(f" {name} ") == unicodedata.normalize("NFC", name)


def test_a_letter_of_a_name_carries_few_marks() -> None:
    assert check_name("a" + "\u0323" * 2 + "\u0301" * 2)
    with pytest.raises(Invalid, match="7 marks on one letter: it may have at most 4"):
        check_name("a" + "\u0301" * 8)


def test_a_name_is_the_same_with_and_without_what_nobody_sees() -> None:
    assert name_key("Mar\u200bi\ufffcna\ufe0f") == name_key("MARINA")


@pytest.mark.parametrize(
    "text",
    ["\ufffc", "\u2800\u2800", "\u200b\u00ad", "\u3164 \n", " ", "\ue000", "\u0378", "\U000e0041"],
    ids=ascii,
)
def test_a_text_that_shows_nothing_is_empty(text: str) -> None:
    with pytest.raises(Invalid, match="text is empty"):
        check_text(text)


@pytest.mark.parametrize("text", ["\ufffc!", "\u0301", "\u200b.", "🫩", "  a  "], ids=ascii)
def test_a_text_that_shows_something_is_kept_whole(text: str) -> None:
    assert check_text(text) == text


@pytest.mark.parametrize(
    "text", ["\u0301" * 4050 + "\u0323" * 4050, "e" + "\u0323\u0301" * 3000], ids=["sorted", "mixed"]
)
def test_a_text_or_name_that_is_too_long_is_refused_before_it_is_sorted(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    normalised: list[str] = []
    honest = unicodedata.normalize

    def normalize(form: Any, part: str) -> str:
        normalised.append(part)
        return honest(form, part)

    monkeypatch.setattr(unicodedata, "normalize", normalize)
    for check in (check_text, check_name):
        with pytest.raises(Invalid, match="it must have 1 to"):
            check(text)
    assert max(map(len, normalised), default=0) < 100


def test_a_long_run_of_marks_is_stored_as_it_came() -> None:
    text = "e\u0301" + "e" + "\u0301" * 1900 + "\u0323" * 1900 + "e\u0301"
    assert check_text(text) == "é" + text[2:-2] + "é"


@given(st.text(alphabet="eao\u0301\u0323\u0308\u1112\u1161\u11ab会 x", max_size=60))
def test_any_ordinary_text_is_stored_in_nfc(text: str) -> None:
    assert nfc(text) == unicodedata.normalize("NFC", text)
