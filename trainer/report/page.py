"""Puts the report together. It shows texts of packaged corpora and benchmark, never people's messages."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import numpy as np
import numpy.typing as npt

from chalicelib.sentiment.compiled import CompiledModel

from .. import gate
from ..causes import errors_by_cause
from ..corpora import LABELS
from ..gate import EvaluationSet
from ..metrics import calibration_error
from ..predictions import predictions
from . import charts, terms
from .style import STYLE

_EXAMPLES = 12
_EXAMPLE_CHARACTERS = 160
SURE = 0.5
"""Below this the page shows no feeling (`static_site/scripts/models/mood.js`)."""


def build(
    manifest: Mapping[str, Any],
    model: CompiledModel,
    live: CompiledModel,
    sets: Sequence[EvaluationSet],
    held_labels: EvaluationSet | None,
    packaged: Sequence[str],
    fair: bool,
) -> str:
    """Return the page.

    Parameters
    ----------
    manifest
        Content of the candidate's manifest, with what the gate said.
    model, live
        The candidate and what it would replace.
    sets
        The fixed sets; the pictures show the first.
    held_labels
        Held-back labels, of which only figures are shown.
    packaged
        Texts of the packaged corpora, whose words may be shown.
    fair
        Whether the live model was trained without the held-out texts, as the candidate was.
    """
    flattered = "" if fair else _FLATTERED
    shown = sets[0]
    ours, theirs = predictions(model, shown), predictions(live, shown)
    predicted, before = ours.argmax(axis=1), theirs.argmax(axis=1)
    correct, confidence = predicted == shown.labels, ours.max(axis=1)
    words = terms.public_words(packaged)
    now, then = terms.scores(model, words), terms.scores(live, words)
    every = [*sets, *([held_labels] if held_labels else [])]
    body = [
        _verdict(manifest),
        _section("The gate", _comparisons(manifest), "Macro-averaged recall on the same texts. A difference "
                 "counts as worse only if chance is no explanation (paired bootstrap, 95 %)."),
        _section("Quality by source", charts.pairs(_by_source(every, model, live)) + _LEGEND,
                 f"Macro-averaged recall by the source of the texts.{flattered}"),
        _section("Confusion matrix", charts.confusion(shown.labels, predicted),
                 f"{len(shown.labels)} held-out texts of the packaged corpora. Rows: what people say."),
        _section("Reliability", charts.reliability(correct, confidence),
                 f"Expected calibration error {calibration_error(correct, confidence):.3f}. On the diagonal "
                 "the model is right as often as it is sure; larger dots are more texts. "
                 f"{_unsure(predicted, correct, confidence)}"),
        _section("Errors by cause", _causes(sets, model), "Every fixed set. A text can have several "
                 "causes; the example is the wrong one that the model is surest of."),
    ]  # fmt: skip
    body += _repairs(manifest)
    strongest = terms.strongest(now)
    body.append(
        _section(
            "Strongest terms",
            charts.signed(strongest, 1.0),
            "The score of a word alone. Only words of the packaged corpora are shown.",
        )
    )
    body.append(
        _section("What changed against the live model", *_changes(shown, predicted, before, now, then))
    )
    body.append(_section("Training data", _data(manifest), "How many texts were learned from."))
    version = escape(str(manifest["version"]))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Model {version}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{STYLE}</style></head><body><main><h1>Model {version}</h1>{''.join(body)}"
        "</main></body></html>\n"
    )


_FLATTERED = (
    " The live model was trained on the held-out texts of the packages, so there it looks better than it is."
)
_LEGEND = '<p class="legend"><span class="ours"></span> this model <span class="other"></span> live model</p>'


def _unsure(
    predicted: npt.NDArray[np.intp], correct: npt.NDArray[np.bool_], confidence: npt.NDArray[np.float64]
) -> str:
    """Return a sentence about the feelings that the page does not show."""
    unsure = (predicted != LABELS.index("neutral")) & (confidence < SURE)
    if not unsure.any():
        return f"No feeling is less than {SURE:.0%} sure."
    return (
        f"The page shows a feeling that is less than {SURE:.0%} sure as neutral: {int(unsure.sum())}, of "
        f"which {correct[unsure].mean():.0%} are right."
    )


def _verdict(manifest: Mapping[str, Any]) -> str:
    passed = manifest["gate"]["passed"]
    sentence = (
        "It is not worse than the live model within the statistical error."
        if passed
        else "It is worse than what it would replace, so it was not promoted."
    )
    word = "Passed" if passed else "Refused"
    return (
        f'<p class="verdict {word.lower()}"><strong>{word}.</strong> {sentence} Compared with '
        f"{escape(manifest['gate']['live'])}; trained at {escape(manifest['trainedAt'])}.</p>"
    )


def _comparisons(manifest: Mapping[str, Any]) -> str:
    rows = [
        (
            c["set"], str(c["n"]), f"{c['candidate']:.3f}", f"{c['other']:.3f} ({c['against']})",
            f"{c['low']:+.3f} to {c['high']:+.3f}", "worse" if c["worse"] else "not worse",
        )
        for c in manifest["gate"]["comparisons"]
    ]  # fmt: skip
    return _table(("set", "texts", "this model", "other", "difference", "verdict"), rows)


def _causes(sets: Sequence[EvaluationSet], model: CompiledModel) -> str:
    """Return what the wrong texts have in common, set by set."""
    rows = [
        (
            data.name, found.cause, str(found.texts), f"{found.wrong} ({found.wrong / found.texts:.0%})",
            f"{found.sure:.2f}", found.example[:_EXAMPLE_CHARACTERS],
        )
        for data in sets
        for found in errors_by_cause(model, data.texts, data.labels, predictions(model, data))
    ]  # fmt: skip
    return _table(("set", "cause", "texts", "wrong", "confidence", "example"), rows)


def _repairs(manifest: Mapping[str, Any]) -> list[str]:
    """Return which labels were left out, and which texts a refused model reads worse, if there are any."""
    gate_said, found = manifest["gate"], []
    if gate_said.get("leftOut"):
        rows = [(str(g["texts"]), g["label"], g["word"] or "any") for g in gate_said["leftOut"]]
        note = "With these labels the model was worse, so it was made without them."
        found.append(_section("Labels left out", _table(("texts", "label", "with the word"), rows), note))
    if gate_said.get("lost"):
        rows = [
            (lost["text"][:_EXAMPLE_CHARACTERS], lost["right"], lost["now"]) for lost in gate_said["lost"]
        ]
        note = "Held-out texts of the packages and benchmarks that the other model reads rightly."
        found.append(_section("What is worse", _table(("text", "people", "this model"), rows), note))
    return found


def _by_source(
    sets: Sequence[EvaluationSet], model: CompiledModel, live: CompiledModel
) -> list[tuple[str, int, float, float]]:
    rows: list[tuple[str, int, float, float]] = []
    for data in sets:
        ours, theirs = predictions(model, data), predictions(live, data)
        for source in sorted(set(data.sources)):
            inside = np.array([each == source for each in data.sources])
            chosen = [i for i, each in enumerate(inside) if each]
            part = EvaluationSet(
                source,
                [data.texts[i] for i in chosen],
                data.labels[inside],
                data.weights[inside],
                [source] * len(chosen),
            )
            compared = gate.compare(part, "live", ours[inside], theirs[inside])
            rows.append((source.removesuffix(".tsv"), len(chosen), compared.candidate, compared.other))
    return rows


def _changes(
    data: EvaluationSet,
    predicted: npt.NDArray[np.intp],
    before: npt.NDArray[np.intp],
    now: dict[str, float],
    then: dict[str, float],
) -> tuple[str, str]:
    flipped = np.flatnonzero(predicted != before)
    gained = int((predicted[flipped] == data.labels[flipped]).sum())
    lost = int((before[flipped] == data.labels[flipped]).sum())
    rows = [
        (data.texts[i][:_EXAMPLE_CHARACTERS], LABELS[data.labels[i]], LABELS[before[i]], LABELS[predicted[i]])
        for i in flipped[:_EXAMPLES]
    ]
    words = terms.changed(now, then)
    largest = max((abs(value) for _, value in words), default=1.0)
    pictures = charts.signed(words, largest) if words else ""
    listed = _table(("text", "people", "live", "this model"), rows) if rows else ""
    note = (
        f"{len(flipped)} of {len(data.texts)} held-out texts got another label: {gained} are right now, "
        f"{lost} are no longer. Below: the words whose score moved most, and some of these texts."
    )
    return pictures + listed, note


def _data(manifest: Mapping[str, Any]) -> str:
    rows = [
        (name, *(str(entry.get(key, "")) for key in ("texts", *LABELS, "held_back", "people", "disputed")))
        for name, entry in manifest["data"].items()
    ]
    return _table(("source", "texts", *LABELS, "held back", "people", "disputed"), rows)


def _section(title: str, content: str, note: str) -> str:
    return f"<section><h2>{escape(title)}</h2><p>{escape(note)}</p>{content}</section>"


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in header)
    lines = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table></div>'
