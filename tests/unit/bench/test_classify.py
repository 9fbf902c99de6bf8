"""What the benches of classification print, and that their sides give the same answers."""

import json
from pathlib import Path

import numpy as np
import pytest

from bench.__main__ import main
from chalicelib.sentiment import arrays
from chalicelib.sentiment.compiled import CompiledModel
from chalicelib.sentiment.manifest import MODEL_FILE
from chalicelib.sentiment.registry import EMBEDDED
from trainer.compiler import compile_pipeline, decompile


def test_classify_compares_four_classifiers_on_the_same_texts(capsys: pytest.CaptureFixture[str]) -> None:
    main(["classify", "--json", "--rounds", "1", "--texts", "20"])

    figures = json.loads(capsys.readouterr().out)
    for key in ("median_ms", "p99_ms", "cpu_median_ms", "cpu_p99_ms"):
        assert set(figures[key]) == {"ours", "sklearn", "vader", "textblob"}
        assert all(value > 0 for value in figures[key].values())
    assert figures["texts"] == 20
    assert figures["times_faster"]["sklearn"] > 3
    assert figures["longest_ms"] == max(figures["longest_cpu_ms"].values())


def test_the_pipeline_that_classify_compares_with_gives_the_same_probabilities() -> None:
    model = arrays.load((Path(EMBEDDED) / MODEL_FILE).read_bytes())
    texts = ["not good at all", "what a great day 😍", "", "the meeting is at 3pm https://example.com"]
    ours = [CompiledModel(model, "test").probabilities(text) for text in texts]
    np.testing.assert_allclose(decompile(model).predict_proba(texts), ours, atol=1e-5)


def test_a_model_survives_being_decompiled_and_compiled() -> None:
    model = arrays.load((Path(EMBEDDED) / MODEL_FILE).read_bytes())
    assert arrays.dump(compile_pipeline(decompile(model))) == arrays.dump(model)


def test_coldstart_measures_both_handlers_of_the_real_application(capsys: pytest.CaptureFixture[str]) -> None:
    main(["coldstart", "--json", "--rounds", "1"])

    figures = json.loads(capsys.readouterr().out)
    for handler in ("connect", "message"):
        cpu = figures[handler]["cpu_seconds"]
        assert 0 < cpu["ours"] < cpu["eager"]
        assert set(figures[handler]["wall_seconds"]) == {"ours", "eager"}
