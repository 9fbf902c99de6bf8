"""Technical English: paragraphs of documentation, and comments in code.

It is how developers write when they are at work and feel nothing in particular: of errors, failures and
things that are killed.
"""

import re
import tarfile
from collections.abc import Iterable, Iterator
from hashlib import sha256
from io import BytesIO

from .. import packages
from ..corpora import Corpus, Example, Shares

DJANGO = packages.Package(
    name="Django",
    version="3.2.25",
    filename="Django-3.2.25.tar.gz",
    sha256="7ca38a78654aee72378594d63e51636c04b8e28574f5505dff630895b5472777",
    license="BSD-3-Clause",
)
TWISTED = packages.Package(
    name="Twisted",
    version="16.6.0",
    filename="Twisted-16.6.0.tar.bz2",
    sha256="d0fe115ea7ef8cf632d05103de60356c6e992b2153d6830bdc4476f8accb1fca",
    license="MIT",
)

WEIGHT = 0.02
"""Of one text, beside a rated tweet: they are many, and all of one kind."""

_SHARES: Shares = (0.01, 0.985, 0.005)
"""Of 900 texts that were read (the first 450 short ones of each source), 10 were negative, 4 positive, 3
undecided."""

_NEGATIVE = frozenset(
    [
        "058d0424",
        "01ff66c7",
        "02957e58",
        "034e8d37",
        "04b869eb",
        "08a0e86d",
        "08cdc23d",
        "093c255e",
        "0a1457d7",
        "0a8be261",
    ]
)
_POSITIVE = frozenset(["04bccc2f", "05033fde", "034e4f26", "0aa3268b"])
_UNDECIDED = frozenset(["01b2d6e9", "0c0358e7", "1012462a"])
"""By the beginning of their SHA-256."""

_FEWEST_WORDS = 4
_MOST_CHARACTERS = 500

_ROLE = re.compile(r":[\w:+-]+:`~?!?([^`<]*?)(?:\s*<[^>]*>)?`")
_REFERENCE = re.compile(r"`([^`<]+?)\s*(?:<[^>]+>)?`_+")
_LIST = re.compile(r"^(?:[*#+-]|\d+\.)\s+")
_NO_PROSE = (" ", "\t", "..", "=", "-", "~", "|", ">>>", "$", "`")
_COMMENT = re.compile(r"(?m)(?:^[ \t]*#[ \t].*\n)+")
# Commented code and notes for tools are no English.
_CODE = re.compile(r"[=;{}]|\w\(|coding[:=]|noqa|Copyright|\bimport\b|^\W")


def corpus() -> Corpus:
    """Return every text, neutral but for those that were read and are not."""
    texts = _different([*documentation(), *comments()])
    return Corpus("technical", list(_judged(texts)), judged=False)


def _different(texts: Iterable[str]) -> list[str]:
    """Return different texts in the order of their hashes, so that the first ones are a fair sample."""
    return sorted(set(texts), key=lambda text: sha256(text.encode()).digest())


def _judged(texts: Iterable[str]) -> Iterator[Example]:
    for text in texts:
        digest = sha256(text.encode()).hexdigest()[:8]
        if digest not in _UNDECIDED:
            shares = (
                (1.0, 0.0, 0.0)
                if digest in _NEGATIVE
                else (0.0, 0.0, 1.0)
                if digest in _POSITIVE
                else _SHARES
            )
            yield Example(text, shares, "technical", WEIGHT)


def documentation() -> Iterator[str]:
    """Yield the paragraphs of Django's documentation and release notes."""
    for text in _files(packages.fetch(DJANGO).read_bytes(), "/docs/", ".txt"):
        for paragraph in re.split(r"\n[ \t]*\n", text):
            lines = paragraph.strip("\n").split("\n")
            if not any(line.startswith(_NO_PROSE) for line in lines):
                yield from _prose(" ".join(lines))


def comments() -> Iterator[str]:
    """Yield the comments in Twisted's and Django's code, those of adjacent lines as one."""
    for package, folder in ((TWISTED, "/src/"), (DJANGO, "/django/")):
        for text in _files(packages.fetch(package).read_bytes(), folder, ".py"):
            for block in _COMMENT.findall(text):
                said = " ".join(line.strip().lstrip("#").strip() for line in block.splitlines())
                if not _CODE.search(said):
                    yield from _prose(said)


def _prose(paragraph: str) -> Iterator[str]:
    text = _LIST.sub("", paragraph)
    text = _ROLE.sub(lambda role: _as_written(role[1]), text)
    text = _REFERENCE.sub(r"\1", text).replace("``", "`").replace("**", "").rstrip(": ")
    if len(text.split()) >= _FEWEST_WORDS and len(text) <= _MOST_CHARACTERS:
        yield text


def _as_written(name: str) -> str:
    """Return the name that a role links, as code unless it is plain words."""
    return name if name.replace(" ", "").isalpha() and not re.search(r"[a-z][A-Z]", name) else f"`{name}`"


def _files(archive: bytes, folder: str, ending: str) -> Iterator[str]:
    """Yield the files of a source distribution below a folder, in the order of their names."""
    with tarfile.open(fileobj=BytesIO(archive)) as opened:
        members = [m for m in opened.getmembers() if folder in m.name and m.name.endswith(ending)]
        for member in sorted(members, key=lambda each: each.name):
            file = opened.extractfile(member)
            if file is not None:
                yield file.read().decode(errors="replace")
