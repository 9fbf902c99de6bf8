"""What the head of an HTML page says of it: by Open Graph, then by Twitter's cards, then by HTML itself."""

import codecs
import re
from collections.abc import Sequence
from contextlib import suppress
from html.parser import HTMLParser
from typing import NamedTuple

from chalicelib.domain.previews import MAX_ADDRESS_LENGTH, Preview, preview_of

_TITLES = ("og:title", "twitter:title")
_DESCRIPTIONS = ("og:description", "twitter:description", "description")
_PICTURES = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
_KEPT_CHARACTERS = 2000  # of a text that is shown as one line
_HEAD_ENDS = re.compile(rb"</head[\s>]|<body[\s>]", re.IGNORECASE)
_END_BYTES = 8
_CHARSET = re.compile(rb"""<meta[^<>]{0,200}charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_SNIFFED_BYTES = 1024
# Python has codecs that are no character sets; some take time that grows with the square of the text.
_CHARACTER_SETS = frozenset(
    (
        *("utf-8", "utf-16", "utf-16-le", "utf-16-be", "ascii", "shift_jis", "cp932", "euc_jp", "iso2022_jp"),
        *("gbk", "gb2312", "gb18030", "big5", "big5hkscs", "euc_kr", "cp949", "koi8-r", "koi8-u", "cp866"),
        *("mac-roman", "mac-cyrillic", "cp874", *(f"cp125{n}" for n in range(9))),
        *(f"iso8859-{n}" for n in range(1, 17)),
    )
)


def end_of_head(page: bytearray, chunk: int) -> int | None:
    """Return where the head ends, if it does in the last so many bytes: nothing behind it is looked at."""
    found = _HEAD_ENDS.search(page, max(0, len(page) - chunk - _END_BYTES))
    return found and found.start()


class Head(NamedTuple):
    """What a page says of itself: its preview, and the address of its picture as it stands there, if any."""

    preview: Preview
    picture: str | None


def head_of(page: bytes, declared: str | None) -> Head | None:
    """Return what a page says of itself; `declared` is the character set that its server named.

    A page is read once from its beginning to its end, whatever is in it: what is never closed is left out.
    """
    head = _Reader()
    # The parser of earlier versions of Python gives up at such as "<![[": what came before counts.
    with suppress(AssertionError):
        head.feed(_decoded(page, declared))
    # `close` is not called: only it searches for the ends of things that have none, again and again.
    preview = preview_of(head.first(_TITLES) or head.title, head.first(_DESCRIPTIONS))
    picture = (head.first(_PICTURES) or "").strip()
    return preview and Head(preview, picture if 0 < len(picture) < MAX_ADDRESS_LENGTH else None)


class _Reader(HTMLParser):
    """`said` is what meta elements say, the first of each name; `title` that of the title element."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: dict[str, str] = {}
        self.title = ""
        self._in_title = False
        self._titled = False

    def first(self, names: Sequence[str]) -> str | None:
        """Return what the first of these says that says anything."""
        return next((self.said[name] for name in names if self.said.get(name, "").strip()), None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title" and not self._titled:
            self._in_title = self._titled = True
        elif tag == "meta":
            given = dict(attrs)
            name = (given.get("property") or given.get("name") or "").strip().lower()
            if name in _TITLES or name in _DESCRIPTIONS or name in _PICTURES:
                self.said.setdefault(name, (given.get("content") or "")[:_KEPT_CHARACTERS])

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title and len(self.title) < _KEPT_CHARACTERS:
            self.title += data[:_KEPT_CHARACTERS]


def _decoded(page: bytes, declared: str | None) -> str:
    """Return the text of a page, by its mark, its server, its own word, or what most pages are."""
    marks = (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")
    for mark, encoding in marks:
        if page.startswith(mark):
            return page.decode(encoding, "replace")
    inside = _CHARSET.search(page, 0, _SNIFFED_BYTES)
    for name in (declared, inside and inside[1].decode("ascii", "replace")):
        known = _character_set(name) if name else None
        if known:
            return page.decode(known, "replace")
    return page.decode("utf-8", "replace")


def _character_set(name: str) -> str | None:
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    if found not in _CHARACTER_SETS:
        return None
    # Browsers take both of these for what Windows calls so.
    return "cp1252" if found in ("iso8859-1", "ascii") else found
