"""What a name may be, and when it is another's."""

import pytest

from chalicelib.domain.text import check_name
from chalicelib.errors import Invalid

INVISIBLE = (
    "\u034f\u115f\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f\u200b\u2060\u2800\u3164\ufeff\U00016fe4\U0001d159"
)


@pytest.mark.parametrize("character", INVISIBLE, ids=ascii)
def test_a_name_with_an_invisible_character_is_invalid(character: str) -> None:
    with pytest.raises(Invalid, match="invisible"):
        check_name(f"Ada{character}")


@pytest.mark.parametrize(
    "name", ["Ada", "नमस्ते", "សុខ", "ᠮᠣᠩᠭᠣᠯ", "עברית", "👩\u200d👧", "❤\ufe0f", "Zoë\u0301"]
)
def test_names_of_any_script_are_kept(name: str) -> None:
    assert check_name(f" {name} ")
