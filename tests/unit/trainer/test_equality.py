"""The compiled path against scikit-learn, on a model trained on a small slice."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.pipeline import Pipeline

from chalicelib.sentiment import arrays
from chalicelib.sentiment.compiled import CompiledModel
from trainer import compiler, corpora, train

TOLERANCE = 1e-5


@pytest.fixture(scope="module")
def examples(rated: list[corpora.Corpus]) -> list[corpora.Example]:
    return [example for corpus in rated for example in corpus.examples[:150]]


@pytest.fixture(scope="module")
def pipeline(examples: list[corpora.Example]) -> Pipeline:
    return train.fit(examples)


@pytest.fixture(scope="module")
def compiled(pipeline: Pipeline) -> CompiledModel:
    return CompiledModel(arrays.load(arrays.dump(compiler.compile_pipeline(pipeline))), "test")


def assert_equal(pipeline: Pipeline, compiled: CompiledModel, texts: list[str]) -> None:
    ours = np.array([compiled.probabilities(text) for text in texts])
    np.testing.assert_allclose(ours, pipeline.predict_proba(texts), atol=TOLERANCE)


def test_scores_of_ordinary_texts_equal_scikit_learns(
    pipeline: Pipeline, compiled: CompiledModel, examples: list[corpora.Example]
) -> None:
    assert_equal(pipeline, compiled, [example.text for example in examples[::3]])


@given(
    st.lists(
        st.text(max_size=200)
        | st.lists(
            st.sampled_from(
                [
                    "not",
                    "good",
                    "bad",
                    "but",
                    "very",
                    "😍",
                    ":(",
                    "NEVER",
                    "soooo",
                    "http://x.y",
                    "!!",
                    "great",
                ]
            ),
            max_size=30,
        ).map(" ".join),
        min_size=1,
        max_size=5,
    )
)
@settings(max_examples=60, deadline=None)
def test_scores_of_odd_texts_equal_scikit_learns(
    pipeline: Pipeline, compiled: CompiledModel, texts: list[str]
) -> None:
    assert_equal(pipeline, compiled, texts)


def test_texts_at_the_limits_equal_scikit_learns(pipeline: Pipeline, compiled: CompiledModel) -> None:
    assert_equal(pipeline, compiled, ["", " ", "a" * 4000, "not good " * 444, "🙂" * 4000, "\x00\ud800"])


def test_features_are_the_same_in_both_paths(
    pipeline: Pipeline, compiled: CompiledModel, examples: list[corpora.Example]
) -> None:
    step = pipeline.named_steps["features"]
    dense = step.transform([examples[0].text]).toarray()[0, step.blocks["dense"]]
    np.testing.assert_array_equal(dense, compiled.featuriser.features(examples[0].text).dense)


def test_the_same_examples_give_the_same_model_to_the_byte(
    pipeline: Pipeline, examples: list[corpora.Example]
) -> None:
    again = arrays.dump(compiler.compile_pipeline(train.fit(examples)))
    assert again == arrays.dump(compiler.compile_pipeline(pipeline))


def test_a_model_learns_from_its_examples(compiled: CompiledModel) -> None:
    assert compiled.classify("I love it, great!").label == "positive"
    assert compiled.classify("I hate it, terrible!").label == "negative"
