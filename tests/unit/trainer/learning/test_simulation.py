"""A year of a team, and colluding accounts beside it: nobody steers, and learning does not stop."""

from itertools import pairwise

import pytest

from chalicelib.domain.sessions import Proof
from trainer.cli import main
from trainer.learning import pairs
from trainer.learning.simulation import (
    COLLUDING,
    Behaviour,
    Team,
    a_year_among_themselves,
    about_the_line,
    by_quarter,
    new_names,
    right,
    steered,
    two_of_them_known,
)

EIGHT = Team(8, 10_000, 0.05)
BY_PROVIDER = Proof("provider")


@pytest.mark.parametrize("colluding", COLLUDING)
@pytest.mark.parametrize("behave", [new_names, a_year_among_themselves])
def test_accounts_that_only_their_names_tell_apart_change_nothing(colluding: int, behave: Behaviour) -> None:
    before, after = steered(EIGHT, colluding, behave)
    assert after.examples == before.examples
    assert len(before.examples) > 300


@pytest.mark.parametrize("colluding", COLLUDING)
def test_two_of_them_whom_the_team_knows_teach_less_than_one_tweet_each(colluding: int) -> None:
    before, after = steered(EIGHT, colluding, two_of_them_known)
    number, weight = about_the_line(after)
    assert number <= pairs.MAX_TEXTS_OF_A_WORD
    assert weight <= pairs.MAX_TEXTS_OF_A_WORD * pairs.MAX_WEIGHT
    kept = {example.text for example in before.examples} & {example.text for example in after.examples}
    assert len(kept) >= 0.95 * len(before.examples)


@pytest.mark.parametrize(
    "team",
    [
        EIGHT,
        Team(8, 10_000, 0.2),
        Team(8, 10_000, 0.05, proof=BY_PROVIDER),
        Team(5, 3_000, 0.6, 70, BY_PROVIDER),
    ],
)
def test_in_each_quarter_of_a_year_a_team_teaches_about_as_much_as_before(team: Team) -> None:
    quarters = [learned for _, learned in by_quarter(team)]
    texts = [0, *(len(learned.examples) for learned in quarters)]
    taught = [after - before for before, after in pairwise(texts)]
    assert min(taught[1:]) > 0.5 * taught[0] > 0
    assert all(learned.largest_share < 0.3 for learned in quarters)
    assert right(quarters[-1]) > 0.95


def test_what_was_learned_in_spring_is_still_learned_in_winter() -> None:
    quarters = [{e.text for e in learned.examples} for _, learned in by_quarter(EIGHT)]
    assert len(quarters[0] & quarters[3]) > 0.95 * len(quarters[0])


def test_the_command_shows_both_tables(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate"]) == 0
    shown = capsys.readouterr().out
    assert "a year among themselves" in shown and "largest share" in shown
