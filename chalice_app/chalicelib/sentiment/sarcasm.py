"""Open sarcasm: a text that opens with praise and goes on with bad news.

"Great, another outage" is not great. Only openings are judged: what praises later, or praises something, may
well be meant.
"""

from collections.abc import Sequence

from .text import Token
from .valence import Feeling

_BEFORE_WORDS = "oh ah well wow yeah yes ok okay just how so man hey this that's is absolutely simply"
_BEFORE = frozenset(_BEFORE_WORDS.split())
_PRAISE_WORDS = """
    great good nice wonderful lovely fantastic awesome perfect brilliant excellent super amazing splendid
    marvellous marvelous terrific superb sweet sure congrats congratulations yay joy hooray fun fabulous
    beautiful
    """
_PRAISE = frozenset(_PRAISE_WORDS.split())
_BAD_NEWS_WORDS = """
    down red deleted dead outage offline empty full locked expired unplugged broke breaks broken fails failed
    failing crash crashed crashes crashing conflict conflicts overtime paperwork meeting meetings error errors
    died dies lost loses hangs hung stuck nobody vanished disappeared failure bug bugs freezes froze
    """
_BAD_NEWS = frozenset(_BAD_NEWS_WORDS.split())
_ANOTHER = frozenset(("another", "more"))
_PAUSES = frozenset((",", ".", "..", ":", ";"))
# With these the bad news is old.
_OVER_WORDS = """
    fixed solved resolved over back recovered restored gone fewer less without pass passes passing finally
    works working found thanks thank passed no not never will let let's lets can but please
    """
_OVER = frozenset(_OVER_WORDS.split())
_FARTHEST = 3
_LONGEST = 25
_SAD = -1.0
_KIND = 0.8


def mocked(tokens: Sequence[Token], feelings: Sequence[Feeling]) -> int | None:
    """Return the position of the praise that a text opens with and does not mean, or None.

    Parameters
    ----------
    feelings
        What carries feeling, after negation.
    """
    opener = next((i for i, token in enumerate(tokens[:_FARTHEST]) if token.word in _PRAISE), None)
    rest = tokens[opener + 1 :] if opener is not None else ()
    if opener is None or not rest or len(tokens) > _LONGEST or not _opens(tokens[:opener], rest[0]):
        return None
    repeated = tokens[opener].word
    later = [f.valence for f in feelings if f.position > opener and tokens[f.position].word != repeated]
    words = {token.word for token in rest}
    sad = sum(value for value in later if value < 0) < _SAD
    if any(value > _KIND for value in later) or not (_OVER.isdisjoint(words) or (sad and "again" in words)):
        return None
    another = not _ANOTHER.isdisjoint(token.word for token in rest[:_FARTHEST])
    return opener if sad or another or not _BAD_NEWS.isdisjoint(words) else None


def _opens(before: Sequence[Token], after: Token) -> bool:
    """Tell whether praise stands apart from what follows it: "oh great, …", "great. …", "great another …"."""
    apart = (
        after.word in _ANOTHER or after.word == "now"
        if after.kind == "word"
        else after.kind == "mark" and after.word in _PAUSES
    )
    return apart and all(token.word in _BEFORE or token.kind == "mark" for token in before)
