"""Builds the valence lexicon of a model: VADER's, its emoji, and the project's own words of chat and work."""

from pathlib import Path

from . import packages

_LEXICONS = Path(__file__).parent / "lexicons"
CHAT_LEXICON = _LEXICONS / "chat.tsv"
WORK_LEXICON = _LEXICONS / "work.tsv"

VADER = packages.Package(
    name="vaderSentiment",
    version="3.3.2",
    filename="vaderSentiment-3.3.2.tar.gz",
    sha256="5d7c06e027fc8b99238edb0d53d970cf97066ef97654009890b83703849632f9",
    license="MIT",
)


def build() -> dict[str, float]:
    """Return valence by word, face and emoji; the project's own entries win."""
    archive = packages.fetch(VADER).read_bytes()
    lexicon = {
        word: float(valence)
        for word, valence in _pairs(
            packages.read_member(archive, "vaderSentiment/vader_lexicon.txt").decode()
        )
        if " " not in word
    }
    for emoji, name in emoji_names().items():
        # An emoji feels like the words of its name, which is how VADER reads it.
        valences = [lexicon[word] for word in name.split() if word in lexicon]
        if len(emoji) == 1 and valences:
            lexicon[emoji] = sum(valences)
    for own in (CHAT_LEXICON, WORK_LEXICON):
        lexicon |= {word: float(valence) for word, valence in _pairs(own.read_text(encoding="utf-8"))}
    return dict(sorted(lexicon.items()))


def emoji_names() -> dict[str, str]:
    """Return the name of each emoji, in words."""
    archive = packages.fetch(VADER).read_bytes()
    return dict(_pairs(packages.read_member(archive, "vaderSentiment/emoji_utf8_lexicon.txt").decode()))


def _pairs(table: str) -> list[tuple[str, str]]:
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("# "))
    return [(row[0], row[1]) for row in rows if len(row) >= 2]
