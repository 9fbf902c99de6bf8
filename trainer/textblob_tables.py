"""Reads TextBlob's lexicon out of the installed package, for the compiled model."""

import re

from textblob import _text
from textblob.en import sentiment

from chalicelib.sentiment.pattern import PatternTables

_NEVER = "(?!)"


def read(*, faces: bool = True) -> PatternTables:
    """Return the tables behind ``TextBlob(text).sentiment``, as the installed TextBlob has them.

    Parameters
    ----------
    faces
        Whether to know emoticons. A model does without: TextBlob finds them in numbers, lists and code too.
    """
    sentiment.load()
    words: dict[str, tuple[float, float, float, bool]] = {}
    for word, senses in sorted(dict.items(sentiment)):
        polarity, subjectivity, intensity = map(float, senses[None])
        words[word] = (polarity, subjectivity, intensity, "RB" in senses)
    if not faces:
        return PatternTables(words, {}, _NEVER, frozenset(_text.ABBREVIATIONS), _text.PUNCTUATION)
    emoticons: dict[str, float] = {}
    for (_, polarity), alike in _text.EMOTICONS.items():
        for face in sorted(alike):
            emoticons.setdefault(face.lower(), polarity)
    # The alternatives stand in sets there, so their order changes from process to process; none of
    # one set is the beginning of another, so sorting them changes no match but makes the model repeatable.
    faces_in_order = [face for alike in _text.EMOTICONS.values() for face in sorted(alike)]
    pattern = "|".join(" ?".join(re.escape(character) for character in face) for face in faces_in_order)
    return PatternTables(
        words=words,
        emoticons=emoticons,
        emoticon_pattern=rf"({pattern})($|\s)",
        abbreviations=frozenset(_text.ABBREVIATIONS),
        punctuation=_text.PUNCTUATION,
    )
