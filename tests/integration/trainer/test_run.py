"""`run`: labels, training, gate, publication and promotion, against an emulator over HTTP."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from sklearn.pipeline import Pipeline

from chalicelib.domain.sentiment import Label
from chalicelib.sentiment.manifest import Manifest
from tests.integration.trainer.learning_world import (
    BUCKET,
    SAMPLE,
    Function,
    LabelledMessages,
    rated,
    run_with,
)
from trainer import artifact, evaluation, gate, listing, publish, train
from trainer.cli import main
from trainer.corpora import Example, read_tsv
from trainer.learning import blame
from trainer.learning.evaluation_sets import CHAT
from trainer.learning.voices import PROVEN, Labelled, Voice
from trainer.learning.votes import learn
from trainer.models import ModelStore

FRIENDS = [f"friend-{n}" for n in range(4)]
Said = list[tuple[str, dict[str, Label]]]


def embedded() -> artifact.Artifact:
    return artifact.read(evaluation.DEFAULT_MODEL)


@pytest.fixture
def passing_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every candidate pass: a model of a few texts is worse than the embedded one."""
    compare = gate.compare
    monkeypatch.setattr(gate, "compare", lambda *given: replace(compare(*given), low=-1.0, high=1.0))


def stored(s3: Any, version: str | None, name: str) -> bytes:
    return bytes(s3.get_object(Bucket=BUCKET, Key=f"models/{version}/{name}")["Body"].read())


def test_without_labels_a_candidate_is_made_and_measured(
    s3: Any, pipeline: Pipeline, passing_gate: None
) -> None:
    outcome = run_with(s3, pipeline)
    assert outcome.promoted
    assert Function(s3).version() == outcome.version
    manifest = json.loads(stored(s3, outcome.version, "manifest.json"))
    assert manifest["data"]["labels"]["texts"] == 0
    assert set(manifest["metrics"]) == {"packages", "chat", "work"}
    assert manifest["heldOut"]


def test_a_worse_candidate_is_refused_and_stored_with_its_report(s3: Any, worse: Pipeline) -> None:
    outcome = run_with(s3, worse)
    assert not outcome.promoted
    assert outcome.reason.startswith("refused")
    assert ModelStore(s3, BUCKET).live().pointer is None
    assert json.loads(stored(s3, outcome.version, "manifest.json"))["gate"]["passed"] is False
    page = stored(s3, outcome.version, "report.html").decode()
    assert "Refused." in page
    [line] = listing.lines(ModelStore(s3, BUCKET))
    assert re.match(rf"{outcome.version}  refused ", line)
    assert Function(s3).version() == embedded().manifest.version


def test_a_refused_candidate_can_be_promoted_by_a_person(s3: Any, worse: Pipeline) -> None:
    outcome = run_with(s3, worse)
    assert main(["promote", str(outcome.version), "--bucket", BUCKET]) == 0
    assert Function(s3).version() == outcome.version


class Poisoned:
    """A fit that calls everything negative if the word is taught as negative."""

    def __init__(self, good: Pipeline, word: str) -> None:
        self._good, self._worse, self._word = good, deepcopy(good), word
        self._worse.named_steps["pool"].intercept_ += [20.0, 0.0, 0.0]
        self.fits: list[int] = []

    def __call__(self, examples: Sequence[Example]) -> Pipeline:
        taught = [e for e in examples if e.source == "labels"]
        self.fits.append(len(taught))
        poisoned = any(self._word in e.text.split() and e.label == "negative" for e in taught)
        return self._worse if poisoned else self._good


@pytest.fixture
def modest_gate(monkeypatch: pytest.MonkeyPatch, pipeline: Pipeline) -> None:
    """Let candidates pass that are as good as a model of a few texts: that is worse than the embedded one."""
    compare = gate.compare

    def compared(*given: Any) -> gate.Comparison:
        found = compare(*given)
        low = -0.1 if found.set == "chat" and found.candidate < found.other - 0.3 else 0.1
        return replace(found, low=low, high=low)

    monkeypatch.setattr(gate, "compare", compared)


def word_of_the_chat_benchmark() -> str:
    """Return a word that stands in several positive texts of the benchmark."""
    texts = [e.text for e in read_tsv(CHAT).examples if e.label == "positive"]
    return Counter(word for text in texts for word in blame.words(text)).most_common(1)[0][0]


def test_a_run_leaves_out_the_labels_that_made_it_worse_and_learns_the_others(
    s3: Any, pipeline: Pipeline, modest_gate: None
) -> None:
    word = word_of_the_chat_benchmark()
    fit = Poisoned(pipeline, word)
    people = [f"reader-{n}" for n in range(3)]
    said: Said = [(f"{word} qwx{n}", dict.fromkeys(people, "negative")) for n in range(20)]
    said += [(f"zgh{n} vbn{n}", dict.fromkeys(people, "negative")) for n in range(20)]
    outcome = run_with(s3, fit, LabelledMessages(said))
    assert outcome.promoted, outcome.reason
    assert len(fit.fits) == 2
    assert fit.fits[-1] > 0
    manifest = json.loads(stored(s3, outcome.version, "manifest.json"))
    groups = [(group["label"], group["word"]) for group in manifest["gate"]["leftOut"]]
    assert ("negative", word) in groups
    assert manifest["data"]["labels"]["texts"] == fit.fits[-1] < fit.fits[0]
    assert "Labels left out" in stored(s3, outcome.version, "report.html").decode()


def test_a_run_that_stays_worse_is_refused_and_says_which_texts_are(
    s3: Any, worse: Pipeline, modest_gate: None
) -> None:
    people = [f"reader-{n}" for n in range(3)]
    said: Said = [(f"zgh{n} vbn{n}", dict.fromkeys(people, "positive")) for n in range(20)]
    outcome = run_with(s3, worse, LabelledMessages(said))
    assert not outcome.promoted
    assert "would be called" in outcome.reason
    assert "What is worse" in stored(s3, outcome.version, "report.html").decode()


def test_the_report_loads_nothing_from_elsewhere(s3: Any, pipeline: Pipeline, passing_gate: None) -> None:
    page = stored(s3, run_with(s3, pipeline).version, "report.html").decode()
    for title in (
        "Confusion matrix",
        "Reliability",
        "Quality by source",
        "Strongest terms",
    ):
        assert f"<h2>{title}</h2>" in page
    assert "What changed against the live model" in page
    assert page.count("<svg") >= 5
    assert not re.search(r"<script|<link|src=|href=|https?:", page.partition("<section>")[0])
    assert "<script" not in page


def test_manifest_report_and_index_contain_nothing_that_people_wrote(
    s3: Any, pipeline: Pipeline, passing_gate: None
) -> None:
    secret = "the codeword is xylophonist"
    messages = LabelledMessages([(f"{secret} {n}", dict.fromkeys(FRIENDS, "negative")) for n in range(200)])
    outcome = run_with(s3, pipeline, messages)
    objects = [entry["Key"] for entry in s3.list_objects_v2(Bucket=BUCKET)["Contents"]]
    readable = [key for key in objects if key.endswith((".json", ".html"))]
    assert {key.rpartition("/")[2] for key in readable} == {
        "manifest.json", "report.html", "pointer.json", "learning.json",
    }  # fmt: skip
    for key in readable:
        content = s3.get_object(Bucket=BUCKET, Key=key)["Body"].read().decode()
        assert "xylophonist" not in content and "friend-" not in content, key
    manifest = json.loads(stored(s3, outcome.version, "manifest.json"))
    assert manifest["data"]["labels"]["people"] == len(FRIENDS)
    assert "sha256" not in manifest["data"]["labels"]


def test_held_back_labels_take_part_in_the_gate(s3: Any, pipeline: Pipeline, passing_gate: None) -> None:
    people = [[f"{n}-{m}" for m in range(3)] for n in range(10)]
    messages = LabelledMessages(
        [
            (f"thing {n} of group {group}", dict.fromkeys(people[group], "positive"))
            for group in range(10)
            for n in range(40)
        ]
    )
    outcome = run_with(s3, pipeline, messages)
    manifest = json.loads(stored(s3, outcome.version, "manifest.json"))
    assert manifest["metrics"]["labels"]["n"] >= 30
    assert {"labels", "packages", "chat", "work"} == {c["set"] for c in manifest["gate"]["comparisons"]}


def test_a_run_without_changes_trains_nothing(s3: Any, pipeline: Pipeline, passing_gate: None) -> None:
    assert run_with(s3, pipeline).promoted
    again = run_with(s3, lambda examples: pytest.fail("trained without a reason"))
    assert (again.version, again.promoted) == (None, False)


def test_a_candidate_that_is_the_live_model_is_not_stored_again(
    s3: Any, pipeline: Pipeline, passing_gate: None
) -> None:
    assert run_with(s3, pipeline).promoted
    assert run_with(s3, pipeline, force=True).version is None
    assert len(ModelStore(s3, BUCKET).versions()) == 1


def test_after_a_rollback_the_next_run_does_not_bring_the_same_model_back(
    s3: Any, pipeline: Pipeline, passing_gate: None
) -> None:
    publish.publish(s3, BUCKET, embedded())
    assert run_with(s3, pipeline).promoted
    assert main(["rollback", "--bucket", BUCKET]) == 0
    assert run_with(s3, pipeline).version is None
    assert Function(s3).version() == embedded().manifest.version


def test_before_the_first_model_a_rollback_leads_to_the_embedded_one(
    s3: Any, pipeline: Pipeline, passing_gate: None, capsys: pytest.CaptureFixture[str]
) -> None:
    function = Function(s3)
    assert run_with(s3, pipeline).version == function.version()
    assert main(["rollback", "--bucket", BUCKET]) == 0
    assert function.version() == embedded().manifest.version
    assert main(["rollback", "--bucket", BUCKET]) == 2
    assert "none before it" in capsys.readouterr().err


def test_an_unknown_version_cannot_be_promoted(s3: Any, capsys: pytest.CaptureFixture[str]) -> None:
    publish.publish(s3, BUCKET, embedded())
    assert main(["promote", "2020-01-01T00-00-00Z-000000", "--bucket", BUCKET]) == 2
    assert f"it has: {embedded().manifest.version}" in capsys.readouterr().err


def test_a_broken_model_cannot_be_promoted(s3: Any, capsys: pytest.CaptureFixture[str]) -> None:
    broken = Manifest({**embedded().manifest.content, "version": "2027-01-01T00-00-00Z-aaaaaa"})
    store = ModelStore(s3, BUCKET)
    store.upload(artifact.Artifact(broken, {"model.npz": b"truncated"}))
    assert main(["promote", broken.version, "--bucket", BUCKET]) == 2
    assert "cannot be used" in capsys.readouterr().err
    assert store.live().pointer is None


def test_a_damaged_pointer_is_replaced(s3: Any, pipeline: Pipeline, passing_gate: None) -> None:
    s3.put_object(Bucket=BUCKET, Key="pointer.json", Body=b"{")
    outcome = run_with(s3, pipeline)
    assert outcome.promoted
    assert Function(s3).version() == outcome.version


def test_a_run_needs_a_bucket_and_a_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("MODELS_BUCKET", raising=False)
    assert main(["run"]) == 2
    assert "--bucket is missing" in capsys.readouterr().err


def test_labels_of_many_people_teach_and_ten_thousand_of_one_vandal_do_not(pipeline: Pipeline) -> None:
    base = [example for corpus in rated() for example in corpus.examples[:SAMPLE]]
    vandalism = [Labelled(f"the weather is good {n}", {"vandal": "negative"}) for n in range(10_000)]
    teaching = [Labelled(f"frabjous day {n}", dict.fromkeys(FRIENDS, "positive")) for n in range(40)]
    voices = {one: Voice(one, PROVEN) for one in [*FRIENDS, "vandal"]}
    taught = learn(teaching, voices).examples

    probed = ["this is frabjous"]
    before, after = (model.predict_proba(probed)[0] for model in (pipeline, train.fit([*base, *taught])))
    assert after[2] > before[2] + 0.1
    # Training is repeatable, so the same examples are the same model.
    assert learn([*vandalism, *teaching], voices).examples == taught
