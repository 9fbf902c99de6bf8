"""The table of `docs/security-model.md`, made from the one that the tests hold the chat against."""

import re
from pathlib import Path

from tests.unit.access.deeds import OUTCOMES
from tests.unit.access.people import PEOPLE, ROOMS
from tests.unit.access.table import in_rooms, in_the_house

MODEL = Path(__file__).parents[3] / "docs" / "security-model.md"
SIGNS = {"y": "✓", ".": " "} | {letter: f"`{letter}`" for letter in OUTCOMES if letter != "y"}


def rendered() -> str:
    """Return the tables in Markdown."""
    errors = ", ".join(f"`{letter}` is `{code}`" for letter, code in OUTCOMES.items() if letter != "y")
    people = "\n".join(f"* **{who}**: {what}" for who, what in PEOPLE.items())
    parts = [f"{people}\n\n✓ they may; otherwise the error that they get: {errors}.\n"]
    for number, kind in enumerate(ROOMS):
        rows = {deed: letters[number] for deed, letters in in_rooms().items()}
        parts.append(f"### In {_article(kind)} room\n\n{_table(rows)}")
    parts.append(f"### In no room\n\n{_table(in_the_house())}")
    return "\n".join(parts)


def _table(rows: dict[str, str]) -> str:
    head = f"| | {' | '.join(PEOPLE)} |\n| --- |{' --- |' * len(PEOPLE)}\n"
    lines = (f"| `{deed}` | {' | '.join(SIGNS[letter] for letter in its)} |\n" for deed, its in rows.items())
    return head + "".join(lines)


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


if __name__ == "__main__":
    text = MODEL.read_text("utf-8")
    begin, end = "<!-- table -->\n", "<!-- end of the table -->"
    shown = re.sub(f"{begin}.*{end}", lambda _: begin + rendered() + end, text, flags=re.DOTALL)
    MODEL.write_text(shown, "utf-8")
