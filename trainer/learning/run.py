"""One run of the trainer: labels, training, gate, publication, promotion."""

import secrets
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from chalicelib.sentiment.compiled import CompiledModel
from chalicelib.sentiment.manifest import MODEL_FILE, REPORT_FILE, Manifest, sha256

from .. import artifact, evaluation, report, sources, train
from ..artifact import Artifact
from ..corpora import Corpus
from ..errors import TrainerError
from ..gate import Comparison, EvaluationSet
from ..holdout import mark
from ..metrics import measure
from ..models import Live, ModelStore, PromotionConflict
from ..predictions import predictions
from . import training
from .evaluation_sets import fixed_sets, label_set
from .index import KEY, Index
from .reader import Messages, follow, labelled, people_of
from .training import Fit, Material, Rival
from .voices import voices_of
from .votes import SOURCE, Learned, learn


@dataclass(frozen=True)
class Options:
    """What a run was asked for.

    ``sample`` takes only the first texts of each corpus, ``force`` trains although nothing has changed.
    """

    command: str = "python -m trainer run"
    sample: int | None = None
    force: bool = False


@dataclass(frozen=True)
class Outcome:
    """What a run did: the version of its candidate, if it made one, and whether that is live now."""

    version: str | None
    promoted: bool
    reason: str


def run(
    store: ModelStore,
    messages: Messages,
    options: Options,
    fit: Fit = train.fit,
    packaged: Callable[[], Iterable[Corpus]] = sources.packaged,
) -> Outcome:
    """Learn from the labels once. Every step can be repeated; only the index is written after the pointer.

    Raises
    ------
    TrainerError
        If bucket or table cannot be used, or another trainer was faster. The live model stays.
    """
    live = store.live()
    if live.damage:
        _say(f"the pointer is damaged and will be replaced: {live.damage}")
    index, etag = _index(store)
    found = follow(messages, index)
    texts = list(labelled(messages, found))
    learned = learn(texts, voices_of(texts, people_of(messages, texts)))
    left_out = ", ".join(f"{number} {reason}" for reason, number in learned.left_out.items() if number)
    _say(
        f"{learned.labels} labels of {learned.people} people, who are {learned.voices} voices, make "
        f"{len(learned.examples)} texts; left out: {left_out or 'none'}"
    )
    seen = training.fingerprint(learned)
    if seen == index.learned and not options.force:
        outcome = Outcome(None, False, "nothing has changed since the last run")
    else:
        read = [corpus.first(options.sample) for corpus in packaged()]
        outcome = _train(store, live, training.material(read, learned), learned, options, fit)
    _remember(store, replace(found, learned=seen), index, etag)
    _say(f"{outcome.version or 'no candidate'}: {outcome.reason}")
    return outcome


def _train(
    store: ModelStore, live: Live, material: Material, learned: Learned, options: Options, fit: Fit
) -> Outcome:
    sets = fixed_sets(material.held_packaged)
    held_labels = label_set(material.held_labels, learned.voices)
    every_set = [*sets, *([held_labels] if held_labels else [])]
    _say(f"fitting to {len(material.examples)} texts")
    made = artifact.build(train.Trained(fit(material.examples), {}), material.corpora, options.command)
    rivals = _rivals(store, live)
    if _is_live(made, rivals[0].manifest):
        return Outcome(None, False, f"it would be the live model {rivals[0].manifest.version} again")
    model = made.model
    comparisons = training.compare(model, rivals, every_set)
    if not any(c.set == "packages" and c.against == rivals[0].name for c in comparisons):
        plain = training.unlabelled(material, fit, model, sets[0])
        comparisons += [plain] if plain else []
    for comparison in comparisons:
        _say(f"  {comparison}")
    described = _describe(made, model, material, learned, comparisons, every_set, rivals[0])
    candidate = _with_report(described, model, rivals[0], sets, held_labels, material)
    pointer = store.upload(candidate)
    worse = [str(comparison) for comparison in comparisons if comparison.worse]
    if worse:
        return Outcome(pointer.version, False, f"refused, kept with its report: {'; '.join(worse)}")
    store.load(pointer)
    store.point(pointer.after(live.pointer), live)
    return Outcome(pointer.version, True, "live")


def _rivals(store: ModelStore, live: Live) -> list[Rival]:
    """Return the live model and the embedded one, so that no chain of small losses leads below that."""
    embedded = artifact.read(evaluation.DEFAULT_MODEL)
    rivals = [Rival("embedded", embedded.manifest, embedded.model)]
    if live.pointer is not None and live.pointer.version != embedded.manifest.version:
        try:
            rivals.insert(0, Rival("live", *store.load(live.pointer)))
        except TrainerError as error:
            _say(f"the live model is broken, so the candidate is compared with the embedded one: {error}")
    return rivals


def _is_live(made: Artifact, live: Manifest) -> bool:
    entry = live.content["files"].get(MODEL_FILE, {})
    return bool(entry.get("sha256") == sha256(made.files[MODEL_FILE]))


def _describe(
    made: Artifact,
    model: CompiledModel,
    material: Material,
    learned: Learned,
    comparisons: Sequence[Comparison],
    sets: Sequence[EvaluationSet],
    live: Rival,
) -> Artifact:
    """Complete the manifest: its own version, figures on every set, and what the gate said."""
    content: dict[str, Any] = dict(made.manifest.content)
    # Two trainers may make the same model in the same second: each stores its own.
    content["version"] = f"{datetime.now(UTC):%Y-%m-%dT%H-%M-%SZ}-{secrets.token_hex(3)}"
    data = dict(content["data"])
    # A digest of a few short texts could be guessed, and the manifest is open to all.
    data[SOURCE] = {k: v for k, v in data[SOURCE].items() if k not in ("sha256", "weight")} | {
        "people": learned.people,
        "labels": learned.labels,
        "held_back": len(material.held_labels),
        "voices": learned.voices,
        "largest_share": round(learned.largest_share, 3),
        **{reason.replace(" ", "_"): number for reason, number in learned.left_out.items()},
    }
    metrics = {s.name: measure(s.labels.tolist(), predictions(model, s)) for s in sets}
    content |= {
        "data": data,
        **mark(True),
        "metrics": metrics,
        "gate": {
            "passed": not any(comparison.worse for comparison in comparisons),
            "live": live.manifest.version,
            "comparisons": [comparison.to_content() for comparison in comparisons],
        },
    }
    return artifact.with_content(made, content)


def _with_report(
    made: Artifact,
    model: CompiledModel,
    live: Rival,
    sets: Sequence[EvaluationSet],
    held_labels: EvaluationSet | None,
    material: Material,
) -> Artifact:
    page = report.build(
        made.manifest.content,
        model,
        live.model,
        sets,
        held_labels,
        [example.text for example in material.packaged],
        live.fair(sets[0]),
    ).encode()
    files = {**made.files, REPORT_FILE: page}
    described = {name: {"sha256": sha256(data), "bytes": len(data)} for name, data in files.items()}
    return artifact.with_content(Artifact(made.manifest, files), {"files": described})


def _index(store: ModelStore) -> tuple[Index, str | None]:
    found = store.read(KEY)
    if found is None:
        return Index(), None
    data, etag = found
    try:
        return Index.from_json(data), etag
    except TrainerError as error:
        _say(f"every room is read from its beginning: {error}")
        return Index(), etag


def _remember(store: ModelStore, index: Index, before: Index, etag: str | None) -> None:
    if index == before:
        return
    try:
        store.replace(KEY, index.to_json(), etag)
    except PromotionConflict:
        # The index only saves time: that of the other trainer is as good.
        _say("another trainer remembers how far the rooms were read")


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
