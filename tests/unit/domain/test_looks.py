"""Names that look like one another, and names that do not."""

import unicodedata

import pytest

from chalicelib.domain.looks import looks, skeleton, table
from tools.look_alikes import classes
from tools.look_alikes import table as compiled

SAME = [
    ("Ada", "Аdа"),  # Cyrillic А and а
    ("Ada", "ΑDΑ"),  # Greek alphas, in capitals
    ("paypal", "раураl"),
    ("Ian", "lan"),
    ("Olga", "0lga"),
    ("Bernie", "Bemie"),
    ("O'Brien", "O’Brien"),
    ("Ян", "Ян"),
]
DIFFERENT = [
    ("Ian", "Lan"),
    ("Анна", "Anna"),
    ("Zoë", "Zoe"),
    ("José", "Jose"),
    ("Мария", "Maria"),
    ("Ελένη", "Elena"),
    ("日本", "日木"),
    ("محمد", "محمود"),
    ("user 1", "user 2"),
    ("👍", "👎"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_names_that_look_the_same_share_a_look(one: str, other: str) -> None:
    assert any(mine == theirs for mine, theirs in zip(looks(one), looks(other), strict=True))


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_names_that_look_different_share_none(one: str, other: str) -> None:
    assert all(mine != theirs for mine, theirs in zip(looks(one), looks(other), strict=True))


def test_what_stands_for_others_stands_for_itself() -> None:
    assert len(table()) > 3_000
    assert [one for one in table().values() if skeleton(one) != one] == []


def test_the_table_holds_only_what_a_normalised_name_can_have() -> None:
    for character in map(chr, table()):
        normal = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", character))
        assert character in normal, f"U+{ord(character):04X}"


def test_pairs_become_classes_with_one_that_stands_for_all() -> None:
    pairs = {"l": ["1", "I"], "1": ["l"], "I": ["l"], "m": ["rn"], "rn": ["m"]}
    assert classes(pairs) == {"l": "l", "1": "l", "I": "l", "m": "rn", "rn": "rn"}
    assert compiled(classes(pairs)) == {"1": "l", "I": "l", "m": "rn"}
