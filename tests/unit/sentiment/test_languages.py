"""Sentences in other languages are not read as English."""

import pytest

from chalicelib.sentiment.languages import read_english

FEELINGS = {
    "great",
    "good",
    "bad",
    "die",
    "problem",
    "terrible",
    "horrible",
    "sad",
    "pain",
    "love",
    "thanks",
    "super",
}


def read(text: str) -> str:
    return " ".join(read_english(text, FEELINGS.__contains__).split())


@pytest.mark.parametrize(
    "text",
    [
        "die Katze ist da",
        "wann kommt die Bahn?",
        "kein Problem",
        "das ist terrible",
        "er hat die Prüfung geschafft",
        "geen probleem",
        "het kind is ziek",
        "le pain est bon",
        "j'ai mal",
        "qué mala suerte",
        "el error es terrible",
        "não há problema",
        "nessun problema",
        "det är slut",
        "nie ma problemu",
        "žádný problém",
        "sorun yok",
        "ei ongelmaa",
        "nincs baj",
        "tidak masalah",
        "会议在三点",
        "Нет проблем",
        "لا مشكلة",
        "gdzieś tutaj",
        "krótka wiadomość",
        "lorem ipsumque",
    ],
)
def test_a_sentence_in_another_language_is_not_read(text: str) -> None:
    assert read(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "die already",
        "no problem",
        "gracias, great work",
        "спасибо, great work",
        "the war is over, man",
        "I had a café in Zürich",
        "so good, c'mon!",
        "d'oh",
        "la la land is great",
        "awsome",
        "lol brb",
        "see u at 8, da best",
    ],
)
def test_english_is_read_although_it_borrows_words(text: str) -> None:
    assert read(text) == text


def test_each_sentence_is_judged_by_itself() -> None:
    assert read("I love this. Die Katze ist da. So good!") == "I love this. So good!"


def test_faces_and_emoji_are_read_in_every_language() -> None:
    assert read("qué mala suerte 😢 :(") == "😢 :("
