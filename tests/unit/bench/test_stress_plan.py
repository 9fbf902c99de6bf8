"""The plan of a stress run."""

from bench.stress.plan import POST_FAULTS, STORAGE_FAULTS, Action, Kill, Storm, make_plan


def test_the_same_seed_makes_the_same_plan() -> None:
    assert make_plan(7, 30, 10, 2) == make_plan(7, 30, 10, 2)
    assert make_plan(7, 30, 10, 2).digest == make_plan(7, 30, 10, 2).digest


def test_another_seed_makes_another_plan() -> None:
    assert make_plan(7, 30, 10, 2).digest != make_plan(8, 30, 10, 2).digest


def test_even_a_short_run_has_every_kind_of_fault() -> None:
    for seed in range(20):
        plan = make_plan(seed, 4, 4, 1)
        assert {storm.kind for storm in plan.storms} == {*STORAGE_FAULTS, *POST_FAULTS}
        assert plan.kills
        assert {"drop", "retry"} <= {action.kind for action in plan.actions}


def test_everything_happens_within_the_time() -> None:
    plan = make_plan(3, 10, 4, 2)
    planned: list[Action | Kill | Storm] = [*plan.actions, *plan.kills, *plan.storms]
    moments = [one.at for one in planned]
    assert min(moments) >= 0
    assert max(moments) <= 10
    assert [action.at for action in plan.actions] == sorted(action.at for action in plan.actions)
