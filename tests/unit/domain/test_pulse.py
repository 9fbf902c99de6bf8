"""The hours of a room, and whether its mood has turned."""

import math
import random
from dataclasses import replace

import pytest

from chalicelib.domain.messages import Entry, Message, User, Void
from chalicelib.domain.pulse import HOUR_MS, Direction, Hour, Moment, Turn, Usual, hours_of, usual_of
from chalicelib.domain.sentiment import Label, Sentiment
from chalicelib.domain.times import timestamp
from chalicelib.domain.turns import carried, direction_of, is_news

NINE = 1_795_338_000_000
USUAL = Usual(0.1, 0.05, 0.4)


def _label(score: float) -> Label:
    return "neutral" if abs(score) < 0.3 else "positive" if score > 0 else "negative"


def message(seq: int, score: float | None, who: str = "ada", minute: int = 0, **fields: object) -> Message:
    mood = None if score is None else Sentiment(_label(score), score, 0.9, "m")
    sent_at = timestamp(NINE + minute * 60_000)
    made = Message("general", seq, seq, f"id-{seq}", User(f"u-{who}", who), "text", sent_at, mood)
    return replace(made, **fields)  # type: ignore[arg-type]


def test_messages_are_summed_up_by_the_hour_in_which_they_were_sent() -> None:
    said: list[Entry] = [
        message(1, 0.5),
        message(2, -0.7, "bob"),
        message(3, 0.0),
        message(4, 0.9, minute=61),
    ]
    nine, ten = hours_of(said)
    assert (nine.begin, nine.count, nine.negative, nine.neutral, nine.positive) == (NINE, 3, 1, 1, 1)
    assert nine.total == pytest.approx(-0.2)
    assert nine.squares == pytest.approx(0.74)
    assert nine.moments == (Moment(2, -0.7),)
    many = [message(seq, score) for seq, score in enumerate((0.6, -0.9, 0.7, 0.95, 0.1), start=1)]
    assert hours_of(many)[0].moments == (Moment(2, -0.9), Moment(3, 0.7), Moment(4, 0.95))
    assert len(nine.people) == 2
    assert (ten.begin, ten.count, ten.moments) == (NINE + HOUR_MS, 1, (Moment(4, 0.9),))


@pytest.mark.parametrize(
    "entry",
    [
        Void("general", 5),
        message(5, None),
        message(5, 0.9, deleted=True),
        message(5, 0.9, at=6),
    ],
    ids=["void", "without a sentiment", "deleted", "changed"],
)
def test_only_new_messages_with_a_sentiment_count(entry: Entry) -> None:
    assert hours_of([entry]) == []


def test_who_stands_for_somebody_in_one_hour_does_not_in_the_next() -> None:
    nine, ten = hours_of([message(1, 0.0), message(2, 0.0, minute=60)])
    assert nine.people.isdisjoint(ten.people)
    assert not any("ada" in sign for sign in nine.people | ten.people)


def test_an_hour_of_fewer_than_three_people_has_no_mean_and_is_not_usual() -> None:
    [two] = hours_of([message(1, 0.5), message(2, 0.5, "bob")])
    [three] = hours_of([message(1, 0.2), message(2, 0.4, "bob"), message(3, 0.6, "cy")])
    assert two.mean is None
    assert three.mean == pytest.approx(0.4)
    assert usual_of([two]) is None
    usual = usual_of([two, three])
    assert usual is not None
    assert usual.mean == pytest.approx(0.4)
    assert usual.spread == 0.0
    assert usual.deviation == pytest.approx(math.sqrt(0.08 / 3))


def spoken(count: int, score: float, people: int = 5, **fields: object) -> Hour:
    signs = frozenset(str(n) for n in range(people))
    made = Hour(NINE, count, count * score, count * score**2, people=signs, usual=USUAL)
    return replace(made, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("hour", "direction"),
    [
        (spoken(20, -0.8), "cooler"),
        (spoken(20, 0.9), "warmer"),
        (spoken(20, 0.15), None),
        (spoken(4, -0.9), None),
        (spoken(500, -0.9, people=2), None),
        (spoken(20, -0.8, usual=None), None),
        (spoken(10_000, 0.02, people=900, usual=Usual(0.1, 0.0, 0.1)), None),
    ],
    ids=["cold", "warm", "as usual", "too few messages", "two people", "no history", "nobody would feel it"],
)
def test_a_room_has_turned_if_it_differs_beyond_chance(hour: Hour, direction: Direction | None) -> None:
    assert direction_of(hour) == direction


def test_what_few_people_say_at_length_counts_for_no_more_than_few_people_can_show() -> None:
    assert direction_of(spoken(1000, -0.35, people=3)) is None
    assert direction_of(spoken(1000, -0.35, people=30)) == "cooler"


def test_a_turn_is_told_once_and_the_opposite_one_not_within_ten_minutes() -> None:
    cold = spoken(20, -0.8)
    assert is_news(cold, "cooler", NINE)
    told = replace(cold, turn=Turn("cooler", NINE))
    assert not is_news(told, "cooler", NINE + HOUR_MS)
    assert not is_news(told, "warmer", NINE + 599_999)
    assert is_news(told, "warmer", NINE + 600_000)


def test_a_turn_goes_on_in_the_next_hour_while_the_room_is_away_from_its_usual_mood() -> None:
    turn = Turn("cooler", NINE)
    away, back = spoken(20, -0.8, turn=turn), spoken(40, 0.0, turn=turn)
    assert carried(away) is away
    assert carried(back) is None
    assert carried(spoken(20, -0.8)) is None
    assert carried(None) is None


@pytest.mark.parametrize(
    "scores",
    [
        [0.0] * 80 + [0.7] * 12 + [-0.7] * 8,
        [0.05] * 95 + [-0.95] * 5,
        [math.sin(n) for n in range(100)],
    ],
    ids=["mostly neutral", "rarely very negative", "lively"],
)
@pytest.mark.parametrize(("an_hour", "people"), [(4, 4), (25, 6), (120, 20)])
def test_shuffled_histories_turn_less_than_once_in_a_week(
    scores: list[float], an_hour: int, people: int
) -> None:
    assert false_alarms(random.Random(7), scores, an_hour, people, weeks=3) <= 3


def false_alarms(rng: random.Random, scores: list[float], an_hour: int, people: int, weeks: int) -> int:
    """Return how often a room whose messages come in any order is said to have turned, after a first week."""
    before: list[Hour] = []
    alarms = 0
    for number in range((weeks + 1) * 7 * 10):
        begin = NINE + number * HOUR_MS
        last = carried(before[-1]) if before else None
        hour = Hour(begin, usual=usual_of(before[-140:]), turn=last.turn if last else None)
        for minute in range(rng.randrange(2 * an_hour)):
            score = rng.choice(scores)
            hour = replace(
                hour,
                count=hour.count + 1,
                total=hour.total + score,
                squares=hour.squares + score**2,
                people=hour.people | {str(rng.randrange(people))},
            )
            direction = direction_of(hour)
            now = begin + minute * 10_000
            if direction and number >= 70 and is_news(hour, direction, now):
                alarms += 1
                hour = replace(hour, turn=Turn(direction, now))
        before.append(hour)
    return alarms
