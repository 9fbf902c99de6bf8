"""Pictures as inline SVG. Colours are the page's custom properties, so they follow dark mode."""

from collections.abc import Sequence
from html import escape

import numpy as np
import numpy.typing as npt

from ..corpora import LABELS
from ..metrics import BINS

Floats = npt.NDArray[np.float64]


def confusion(labels: npt.NDArray[np.intp], predicted: npt.NDArray[np.intp]) -> str:
    """Draw how many texts of each label got which; shades show the share of the row."""
    counts = np.zeros((3, 3), dtype=int)
    np.add.at(counts, (labels, predicted), 1)
    cell, left, top = 88, 84, 44
    parts = [_text(left + 1.5 * cell, 14, "the model says", anchor="middle", kind="axis")]
    for i, label in enumerate(LABELS):
        parts.append(_text(left + (i + 0.5) * cell, 34, label, anchor="middle"))
        parts.append(_text(left - 8, top + (i + 0.5) * cell + 4, label, anchor="end"))
        total = max(1, counts[i].sum())
        for j in range(3):
            share = counts[i, j] / total
            x, y = left + j * cell, top + i * cell
            opacity = 0.08 + 0.6 * share
            parts.append(
                f'<rect x="{x + 2}" y="{y + 2}" width="{cell - 4}" height="{cell - 4}" rx="6" '
                f'fill="var(--ours)" fill-opacity="{opacity:.2f}"/>'
            )
            parts.append(_text(x + cell / 2, y + cell / 2, str(counts[i, j]), anchor="middle", kind="big"))
            parts.append(_text(x + cell / 2, y + cell / 2 + 18, f"{share:.0%}", anchor="middle"))
    return _svg(left + 3 * cell, top + 3 * cell, parts, "Confusion matrix")


def reliability(correct: npt.NDArray[np.bool_], confidence: Floats) -> str:
    """Draw accuracy by confidence; on the diagonal the model is right as often as it is sure."""
    size, left, top = 260, 44, 12
    parts = _frame(left, top, size, size, "confidence", "right")
    parts.append(_line([(left, top + size), (left + size, top)], "ideal"))
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    points = []
    for number in range(BINS):
        inside = bins == number
        if inside.any():
            x = left + size * confidence[inside].mean()
            y = top + size * (1 - correct[inside].mean())
            points.append((x, y))
            radius = 3 + 9 * float(np.sqrt(inside.mean()))
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="var(--ours)" fill-opacity="0.6">'
                f"<title>{inside.sum()} texts: {confidence[inside].mean():.2f} sure, "
                f"{correct[inside].mean():.2f} right</title></circle>"
            )
    parts.append(_line(points, "ours"))
    return _svg(left + size + 16, top + size + 40, parts, "Reliability diagram")


def pairs(rows: Sequence[tuple[str, int, float, float]]) -> str:
    """Draw two bars for each row of name, number of texts, ours and the other's; values are 0 to 1."""
    left, width, height = 150, 300, 40
    parts: list[str] = []
    for i, (name, n, ours, other) in enumerate(rows):
        y = i * height
        parts.append(_text(left - 8, y + 16, name, anchor="end"))
        parts.append(_text(left - 8, y + 31, f"{n} texts", anchor="end", kind="axis"))
        for offset, value, colour in ((4, ours, "ours"), (19, other, "other")):
            parts.append(
                f'<rect x="{left}" y="{y + offset}" width="{width * value:.1f}" height="13" rx="3" '
                f'fill="var(--{colour})"/>'
            )
            parts.append(_text(left + width * value + 6, y + offset + 11, f"{value:.3f}"))
    return _svg(left + width + 60, len(rows) * height, parts, "Quality by source")


def signed(rows: Sequence[tuple[str, float]], largest: float) -> str:
    """Draw one bar to the left or right for each row of name and value."""
    middle, width, height = 230, 120, 20
    parts = []
    for i, (name, value) in enumerate(rows):
        y, length = i * height, width * min(1.0, abs(value) / largest)
        x = middle if value >= 0 else middle - length
        colour = "positive" if value >= 0 else "negative"
        parts.append(
            f'<rect x="{x:.1f}" y="{y + 3}" width="{length:.1f}" height="14" rx="3" fill="var(--{colour})"/>'
        )
        parts.append(_text(middle - width - 8, y + 14, name, anchor="end"))
        parts.append(_text(middle + width + 6, y + 14, f"{value:+.2f}"))
    return _svg(middle + width + 50, max(1, len(rows)) * height, parts, "Terms")


def _frame(
    left: float, top: float, width: float, height: float, x: str, y: str, *, ticks: bool = True
) -> list[str]:
    parts = [
        f'<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="none" stroke="var(--line)"/>',
        _text(left + width / 2, top + height + 34, x, anchor="middle", kind="axis"),
    ]
    if y:
        parts.append(_text(left - 6, top + 4, y, anchor="end", kind="axis"))
    if ticks:
        for part in (0.25, 0.5, 0.75, 1.0):
            parts.append(_text(left + width * part, top + height + 16, f"{part:g}", anchor="middle"))
            parts.append(
                _text(left - 6, top + height * (1 - part) + (18 if part == 1 else 4), f"{part:g}", "end")
            )
    return parts


def _line(points: Sequence[tuple[float, float]], kind: str) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{path}" class="{kind}"/>'


def _text(x: float, y: float, text: str, anchor: str = "start", kind: str = "label") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" class="{kind}">{escape(text)}</text>'


def _svg(width: float, height: float, parts: Sequence[str], title: str) -> str:
    return (
        f'<svg viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" role="img" '
        f'aria-label="{escape(title)}">{"".join(parts)}</svg>'
    )
