"""How benches report their results."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bench import machine


@dataclass(frozen=True)
class Table:
    """Rows of text under a title; the first column is left-aligned, the others right."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]

    def as_text(self) -> str:
        """Return the table with aligned columns."""
        lines = [self.head, *self.rows]
        widths = [max(len(line[column]) for line in lines) for column in range(len(self.head))]
        text = [
            "  ".join(
                cell.rjust(width) if column else cell.ljust(width)
                for column, (cell, width) in enumerate(zip(line, widths, strict=True))
            ).rstrip()
            for line in lines
        ]
        return "\n".join([self.title, "", text[0], "-" * len(text[0]), *text[1:]])


@dataclass(frozen=True)
class Report:
    """``figures`` are for programs, ``tables`` and ``notes`` for people; ``ok`` decides the exit status."""

    figures: dict[str, Any]
    tables: Sequence[Table]
    notes: Sequence[str] = ()
    ran_on: dict[str, Any] = field(default_factory=machine.describe)
    ok: bool = True

    def as_json(self) -> dict[str, Any]:
        """Return the figures with the machine and the notes."""
        return {**self.figures, "notes": list(self.notes), "machine": self.ran_on}

    def as_text(self) -> str:
        """Return the tables, the notes and the machine."""
        ran_on = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in self.ran_on.items())
        parts = [table.as_text() for table in self.tables]
        return "\n\n".join([*parts, "\n".join(f"* {note}" for note in [*self.notes, f"Machine: {ran_on}."])])
