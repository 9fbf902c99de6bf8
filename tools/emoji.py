r"""Compile the page's list of emoji from files of the Unicode Consortium.

    apt-get install unicode-data unicode-cldr-core
    .venv/bin/python -m tools.emoji /usr/share/unicode/emoji/emoji-test.txt \
        /usr/share/unicode/cldr/common/annotations/en.xml

writes `static_site/emoji.json`: every emoji that is recommended for keyboards, without skin tones, in the
groups and order of Unicode, with its name and the words by which people look for it. The first file is of
Unicode Technical Standard 51, the second has the English annotations of CLDR. The Unicode License allows to
copy both.
"""

import html
import json
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any

from chalicelib.domain.emoji import check_emoji
from chalicelib.errors import Invalid

GOAL = Path("static_site/emoji.json")
LICENCE = "Unicode License v3, https://www.unicode.org/license.txt"
_LINE = re.compile(r"^[0-9A-F ]+; fully-qualified +# (\S+) E(\S+) (.+)$")
_TONES = range(0x1F3FB, 0x1F400)
_SELECTOR = "\ufe0f"


def keywords(xml: str) -> dict[str, list[str]]:
    """Return the words of each emoji, which is written without variation selectors."""
    found = {}
    for emoji, text in re.findall(r'<annotation cp="([^"]+)">([^<]*)<', xml):
        words = html.unescape(text).lower().split("|")
        found[emoji.replace(_SELECTOR, "")] = [word.strip() for word in words]
    return found


def compiled(emoji_test: str, annotations: str) -> dict[str, Any]:
    """Return the content of the file: ``groups`` of ``[emoji, name, words]``.

    Raises
    ------
    ValueError
        The file has no version or no emoji: it is not ``emoji-test.txt``.
    """
    version = re.search(r"^# Version: (\S+)", emoji_test, re.MULTILINE)
    words = keywords(annotations)
    groups: list[dict[str, Any]] = []
    for line in emoji_test.splitlines():
        if line.startswith("# group: "):
            groups.append({"name": line.removeprefix("# group: "), "emoji": []})
        elif (match := _LINE.match(line)) and _is_wanted(match[1]):
            groups[-1]["emoji"].append([match[1], match[3], _others(match[1], match[3], words)])
    groups = [group for group in groups if group["emoji"]]
    if version is None or not groups:
        raise ValueError("This is no emoji-test.txt of Unicode: it has no version, or no emoji in it.")
    return {"source": f"Unicode Emoji {version[1]} and CLDR", "licence": LICENCE, "groups": groups}


def _is_wanted(emoji: str) -> bool:
    """Tell whether it has no skin tone, and the service takes it as a reaction in this very spelling."""
    if any(ord(part) in _TONES for part in emoji):
        return False
    try:
        return check_emoji(emoji) == emoji
    except Invalid:
        return False


def _others(emoji: str, name: str, words: dict[str, list[str]]) -> str:
    """Return the words of an emoji that its name does not have."""
    known = set(re.findall(r"\w+", name.lower()))
    found = words.get(emoji.replace(_SELECTOR, ""), [])
    parts = [unicodedata.normalize("NFC", part) for word in found for part in word.split()]
    return " ".join(sorted({part for part in parts if part not in known and part != "|"}))


def main(arguments: list[str]) -> None:
    """Write the file."""
    emoji_test, annotations = (Path(name).read_text(encoding="utf-8") for name in arguments)
    content = json.dumps(compiled(emoji_test, annotations), ensure_ascii=False, separators=(",", ":"))
    GOAL.write_text(content.replace("[[", "[\n[").replace("],[", "],\n[") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
