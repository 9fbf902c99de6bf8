"""TextBlob's polarity and subjectivity, from tables that the trainer compiled out of TextBlob.

Importing TextBlob loads NLTK (and scikit-learn if it is installed), which costs more time than a
cold start may take. The rules are few, so they are written down here; a test compares both over
corpora and random text.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

NEGATIONS = frozenset(("no", "not", "n't", "never"))
_CONTRACTIONS = ("'d", "'m", "'s", "'ll", "'re", "'ve", "n't")
_QUOTES = "“”‘’'\""
_PARAGRAPH = re.compile(r"\n{2,}")
_SARCASM = re.compile(r"\( ?\! ?\)")
_INITIALS = re.compile(r"^(?:[A-Za-z]\.)+$")
_TITLE = re.compile(r"^[A-Z][bcdfghjklmnpqrstvwxz|]+.$")
_END = "END-OF-SENTENCE"
_ENDINGS = frozenset(("...", ".", "!", "?", _END))
_TRAILING = _ENDINGS | frozenset(("'", '"', "”", "’", ")"))


@dataclass(slots=True)
class _Assessment:
    polarity: float
    subjectivity: float
    intensity: float
    negated: bool = False


@dataclass(frozen=True)
class PatternTables:
    """What TextBlob knows: ``words`` maps a word to (polarity, subjectivity, intensity, is an adverb)."""

    words: dict[str, tuple[float, float, float, bool]]
    emoticons: dict[str, float]
    emoticon_pattern: str
    abbreviations: frozenset[str]
    punctuation: str
    _compiled: list[re.Pattern[str]] = field(default_factory=list, repr=False, compare=False)

    @property
    def emoticon(self) -> re.Pattern[str]:
        """The pattern that joins emoticons whose characters the tokenizer split; compiled on first use."""
        if not self._compiled:
            self._compiled.append(re.compile(self.emoticon_pattern))
        return self._compiled[0]


class PatternAnalyzer:
    """Scores a text as ``textblob.TextBlob(text).sentiment`` does."""

    def __init__(self, tables: PatternTables) -> None:
        self._tables = tables
        self._splitting = tuple(tables.punctuation.replace(".", ""))
        self._closing = (*self._splitting, ".")

    @property
    def words(self) -> Mapping[str, object]:
        """The words that TextBlob knows."""
        return self._tables.words

    def score(self, text: str) -> tuple[float, float]:
        """Return (polarity from -1 to 1, subjectivity from 0 to 1); (0, 0) for a text without known words."""
        found = self._assess(word.lower() for word in " ".join(self._sentences(text)).split())
        count = len(found) or 1
        polarity = sum((-0.5 * a.polarity if a.negated else a.polarity) for a in found)
        return polarity / count, sum(a.subjectivity for a in found) / count

    def _assess(self, words: Iterable[str]) -> list[_Assessment]:  # noqa: PLR0912 - one rule each
        known = self._tables.words
        found: list[_Assessment] = []
        modifier: str | None = None
        negated = False
        for word in words:
            entry = known.get(word)
            if entry is not None:
                polarity, subjectivity, intensity, adverb = entry
                if modifier is None:
                    found.append(_Assessment(polarity, subjectivity, intensity))
                else:  # "really good": the word takes the place of its modifier, scaled by it
                    last = found[-1]
                    last.polarity = max(-1.0, min(polarity * last.intensity, 1.0))
                    last.subjectivity = max(-1.0, min(subjectivity * last.intensity, 1.0))
                    last.intensity = intensity
                if negated:
                    found[-1].intensity = 1.0 / found[-1].intensity
                    found[-1].negated = True
                modifier = word if adverb else None
                negated = word in NEGATIONS
                continue
            if word in NEGATIONS:
                negated = True
            elif negated and len(word.strip("'")) > 1:  # survives short words: "not a good"
                negated = False
            if negated and modifier is not None and modifier.endswith("ly"):  # "really not good"
                found[-1].negated = True
                negated = False
            elif modifier is not None and len(word) > 2:
                modifier = None
            if word == "!" and found:
                found[-1].polarity = max(-1.0, min(found[-1].polarity * 1.25, 1.0))
            if word == "(!)":
                found.append(_Assessment(0.0, 1.0, 1.0))
            if len(word) <= 5 and not word.isalpha() and word not in self._tables.punctuation:
                face = self._tables.emoticons.get(word)
                if face is not None:
                    found.append(_Assessment(face, 1.0, 1.0))
        return found

    def _sentences(self, text: str) -> list[str]:
        for contraction in _CONTRACTIONS:
            text = text.replace(contraction, f" {contraction}")
        for quote in _QUOTES:
            text = text.replace(quote, f" {quote} ")
        text = _PARAGRAPH.sub(f" {_END} ", text.replace("\r\n", "\n"))
        tokens: list[str] = []
        for chunk in text.split():
            if chunk.isalpha():
                tokens.append(chunk)
            else:
                self._split(chunk, tokens)
        join = self._tables.emoticon
        return [
            join.sub(
                lambda face: face.group(1).replace(" ", "") + face.group(2), _SARCASM.sub("(!)", sentence)
            )
            for sentence in map(" ".join, _group(tokens))
        ]

    def _split(self, chunk: str, tokens: list[str]) -> None:
        """Append a chunk to the tokens with the punctuation around it set apart."""
        while chunk.startswith(self._splitting):
            tokens.append(chunk[0])
            chunk = chunk[1:]
        tail: list[str] = []
        while chunk.endswith(self._closing):
            if chunk.endswith(self._splitting):
                tail.append(chunk[-1])
                chunk = chunk[:-1]
            if chunk.endswith("..."):
                tail.append("...")
                chunk = chunk[:-3].rstrip(".")
            if chunk.endswith("."):
                if chunk in self._tables.abbreviations or _INITIALS.match(chunk) or _TITLE.match(chunk):
                    break
                tail.append(".")
                chunk = chunk[:-1]
        if chunk:
            tokens.append(chunk)
        tokens.extend(reversed(tail))


def _group(tokens: list[str]) -> list[list[str]]:
    """Cut tokens into sentences; a closing quote or bracket stays with the sentence that it ends."""
    sentences: list[list[str]] = [[]]
    start = position = 0
    while position < len(tokens):
        if tokens[position] in _ENDINGS:
            while position < len(tokens) and tokens[position] in _TRAILING:
                if tokens[position] in ("'", '"') and sentences[-1].count(tokens[position]) % 2 == 0:
                    break
                position += 1
            sentences[-1].extend(token for token in tokens[start:position] if token != _END)
            sentences.append([])
            start = position
        position += 1
    sentences[-1].extend(tokens[start:])
    return [sentence for sentence in sentences if sentence]
