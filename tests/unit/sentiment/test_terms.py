"""Terms of a trade and names that are words are taken out before the text is read."""

import pytest

from chalicelib.sentiment.masking import CODE, USER
from chalicelib.sentiment.text import clean


@pytest.mark.parametrize(
    "term",
    [
        "dead letter queue",
        "dead-letter queues",
        "kill switch",
        "Error budget",
        "error rates",
        "critical path",
        "negative balances",
        "race condition",
        "sick leave",
        "worst case",
        "garbage collector",
        "null pointer",
        "zombie processes",
        "broken pipe",
        "crash dump",
        "hard deadline",
        "stale bot",
        "false positives",
    ],
)
def test_a_term_of_the_trade_is_one_thing(term: str) -> None:
    assert clean(f"the {term} is in the wiki") == f"the {CODE} is in the wiki"


@pytest.mark.parametrize(
    "text",
    [
        "the letter is dead",
        "I feel dead tired",
        "that was the worst",
        "the error cost us a day",
        "he is a critical person",
        "such negative people",
        "I am sick of it",
        "they kill every idea",
        "my heart is broken",
        "what a crash",
    ],
)
def test_the_same_words_elsewhere_stay(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Joy is presenting at three", f"{USER} is presenting at three"),
        ("I asked Will about it", f"I asked {USER} about it"),
        ("ping Grace, please", f"ping {USER}, please"),
        ("Hope has the recording", f"{USER} has the recording"),
        ("Faith and Victor joined", f"{USER} and {USER} joined"),
        ("Mr Best from accounting", f"{USER} from accounting"),
        ("the office in Bad Nauheim", f"the office in {CODE}"),
        ("Bill's laptop is here", f"{USER}'s laptop is here"),
    ],
)
def test_a_person_or_place_whose_name_is_a_word_is_a_name(text: str, read: str) -> None:
    assert clean(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "Joy! It works",
        "Hope you are well",
        "Will you come?",
        "Grace under pressure",
        "Bad news, everyone",
        "I hope so",
        "what a joy",
        "Love it",
    ],
)
def test_the_word_itself_is_no_name(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("I'd love to help but I'm out", "would help but I'm out"),
        ("we would really like to join, however, it's late", "would join, however, it's late"),
        ("I'd love to help", "I'd love to help"),
        ("I love to help but not now", "I love to help but not now"),
    ],
)
def test_a_wish_that_declines_is_no_praise(text: str, read: str) -> None:
    assert clean(text) == read
