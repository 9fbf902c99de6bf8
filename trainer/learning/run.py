"""One run of the trainer: labels, training, gate, publication, promotion."""

import secrets
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
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
from . import blame, training
from .blame import Flipped, Group
from .evaluation_sets import fixed_sets, label_set
from .index import KEY, Index
from .reader import Messages, follow, labelled, people_of
from .training import Fit, Material, Rival
from .voices import voices_of
from .votes import SOURCE, Learned, learn

MAX_REPAIRS = 2
"""How often a run that would be refused leaves out the labels that made it worse, and trains again."""

_SHOWN_TEXTS = 12


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
    rivals = _rivals(store, live)
    tried = _try(material, rivals, every_set, options, fit)
    refused: list[Group] = []
    for attempt in range(MAX_REPAIRS):
        if not tried.worse or not tried.material.labels:
            break
        # Words first: if that was not enough, a whole label.
        choose = blame.groups if attempt == 0 else blame.everything_of_one_label
        found = choose(tried.material.labels, tried.flipped)
        _say(f"worse: {'; '.join(tried.worse)}")
        _say(f"left out: {'; '.join(map(str, found))}")
        refused += found
        kept = blame.without(tried.material.labels, found)
        tried = _try(tried.material.labelled(kept), rivals, every_set, options, fit)
    if _is_live(tried.made, rivals[0].manifest):
        return Outcome(None, False, f"it would be the live model {rivals[0].manifest.version} again")
    described = _describe(tried, learned, refused, every_set, rivals[0])
    candidate = _with_report(described, tried.made.model, rivals[0], sets, held_labels, tried.material)
    pointer = store.upload(candidate)
    if tried.worse:
        texts = [str(each) for each in tried.flipped if each.lost and each.public][:_SHOWN_TEXTS]
        said = "; ".join([*tried.worse, *texts])
        return Outcome(pointer.version, False, f"refused, kept with its report: {said}")
    store.load(pointer)
    store.point(pointer.after(live.pointer), live)
    return Outcome(pointer.version, True, "live")


@dataclass(frozen=True)
class _Tried:
    """A candidate, what it was made of, and how it compares."""

    made: Artifact
    material: Material
    comparisons: Sequence[Comparison]
    flipped: Sequence[Flipped]

    @property
    def worse(self) -> list[str]:
        return [str(comparison) for comparison in self.comparisons if comparison.worse]


def _try(
    material: Material, rivals: Sequence[Rival], sets: Sequence[EvaluationSet], options: Options, fit: Fit
) -> _Tried:
    _say(f"fitting to {len(material.examples)} texts")
    made = artifact.build(train.Trained(fit(material.examples), {}), material.corpora, options.command)
    model = made.model
    comparisons = training.compare(model, rivals, sets)
    if not any(c.set == "packages" and c.against == rivals[0].name for c in comparisons):
        plain = training.unlabelled(material, fit, model, sets[0])
        comparisons += [plain] if plain else []
    for comparison in comparisons:
        _say(f"  {comparison}")
    return _Tried(made, material, comparisons, blame.flipped(model, rivals, sets, comparisons))


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
    tried: _Tried,
    learned: Learned,
    refused: Sequence[Group],
    sets: Sequence[EvaluationSet],
    live: Rival,
) -> Artifact:
    """Complete the manifest: its own version, figures on every set, and what the gate said."""
    model = tried.made.model
    content: dict[str, Any] = dict(tried.made.manifest.content)
    # Two trainers may make the same model in the same second: each stores its own.
    content["version"] = f"{datetime.now(UTC):%Y-%m-%dT%H-%M-%SZ}-{secrets.token_hex(3)}"
    data = dict(content["data"])
    # A digest of a few short texts could be guessed, and the manifest is open to all.
    data[SOURCE] = {k: v for k, v in data[SOURCE].items() if k not in ("sha256", "weight")} | {
        "people": learned.people,
        "labels": learned.labels,
        "held_back": len(tried.material.held_labels),
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
            "passed": not tried.worse,
            "live": live.manifest.version,
            "comparisons": [comparison.to_content() for comparison in tried.comparisons],
            "leftOut": [group.to_content() for group in refused],
            "lost": [asdict(each) for each in tried.flipped if each.lost and each.public][:_SHOWN_TEXTS],
        },
    }
    return artifact.with_content(tried.made, content)


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
