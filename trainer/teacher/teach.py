"""Makes the opinions anew: teacher and linear model together say what people would say."""

import sys
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.special import log_softmax, softmax

from .. import holdout, train
from ..corpora import Example, rated
from ..errors import TrainerError
from ..recipe import RATED_ALONE, SEED
from . import opinions, origin
from .settings import PARTS
from .texts import texts

Floats = npt.NDArray[np.float64]


def teach(seed: int = SEED) -> None:
    """Write the file of opinions, and what they were made from.

    The encoder understands sentences, the linear model knows faces, emoji and the lexicons' words: together
    (the mean of their log-probabilities) they are better than either. Neither sees the held-out texts.

    Raises
    ------
    TrainerError
        When the encoder's libraries are not installed.
    """
    try:
        from .encoder import Encoder  # noqa: PLC0415 - only here it is needed, and it is large
    except ImportError as error:
        raise TrainerError(
            f"the teacher needs more packages ({error}): pip install -r trainer/requirements-teacher.txt"
        ) from error
    kept, _ = holdout.split(rated())
    examples = [example for corpus in kept for example in corpus.examples]
    chosen, weights = _lesson(examples, seed)
    encoder = Encoder(seed)
    encoder.learn([example.text for example in chosen], weights)
    linear = train.fit(examples, RATED_ALONE)
    found = texts()
    shares = {}
    for name, unlabelled in found.items():
        said = log_softmax(linear.decision_function(unlabelled), axis=1)
        shares[name] = softmax((encoder.log_probabilities(unlabelled) + said) / 2, axis=1)
        mean = ", ".join(f"{share:.3f}" for share in shares[name].mean(axis=0))
        sys.stderr.write(f"{name}: {len(unlabelled)} texts, on average {mean}\n")
    opinions.write(shares, found)
    origin.record()


def _lesson(examples: Sequence[Example], seed: int) -> tuple[list[Example], Floats]:
    """Choose what the encoder learns from, and say what each text counts for each class, classes alike."""
    random = np.random.default_rng(seed)
    chosen = [example for example in examples if random.random() < PARTS[example.source]]
    weights = np.array([np.array(e.shares) * e.weight / PARTS[e.source] for e in chosen])
    weights /= weights.sum(axis=0)
    return chosen, weights / weights.sum() * len(chosen)
