"""The recipe of a model: its views and their parameters, chosen on the development sets."""

from dataclasses import dataclass

from .pool import Leaning, View


@dataclass(frozen=True)
class Recipe:
    """What training needs to know besides the texts.

    Parameters
    ----------
    views
        The members of the pool.
    min_words, min_pieces
        In how many texts a term must occur: rarer ones teach nothing and make the model bigger.
    softness
        How sure the model is of short texts and of long ones: see `chalicelib.sentiment.dense.temperature`.
    neutral
        Added to the logit of neutral. Training weighs the three classes alike; people are neutral more often.
    leanings
        How the features of technical texts lean from negative to neutral, beyond what training found.
    """

    views: tuple[View, ...]
    min_words: int
    min_pieces: int
    softness: tuple[float, float]
    neutral: float = 0.0
    leanings: tuple[Leaning, ...] = ()

    @property
    def reads_meanings(self) -> bool:
        """Whether a view sees words through their vectors."""
        return any("meanings" in view.scales for view in self.views)


DEFAULT = Recipe(
    views=(
        View("words", {"dense": 0.6, "words": 1.0}, C=0.03, vote=2.0),
        View("pieces", {"dense": 0.6, "pieces": 1.0}, C=0.02),
    ),
    min_words=13,
    min_pieces=26,
    softness=(-1.4, 0.46),
    neutral=0.05,
    leanings=(
        ("technical", -1.0),
        ("technical_length", 0.6),
        ("technical_state", 0.6),
        ("technical_attitude", -3.0),
    ),
)
"""For rated texts, opinions and lessons. With one temperature for all lengths the model would be too sure of
tweets and not sure enough of short lines. More for neutral would cost recall of complaints and on blogs, less
would cost accuracy on tweets."""

RATED_ALONE = Recipe(
    views=(
        View("meanings", {"dense": 1.0, "meanings": 1.0, "negated": 1.0}, C=0.0005, vote=2.0),
        View("words", {"dense": 0.3, "words": 1.0}, C=0.05),
        View("pieces", {"dense": 0.3, "pieces": 1.0}, C=0.03),
    ),
    min_words=3,
    min_pieces=8,
    softness=(0.0, 0.0),
)
"""For rated texts without opinions: the linear half of the teacher, as modest as the raters were divided.
Where texts are few, word vectors say what an unknown word means; beside opinions they add nothing."""

DIMENSIONS = 200
"""Of the word vectors, after principal component analysis (PCA)."""

BALANCE = 1.0
SEED = 20140601
