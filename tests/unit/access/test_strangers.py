"""Strangers who ask at random cannot tell a private room from nothing. More: `python -m bench strangers`."""

import pytest

from chalicelib.domain.access import About, Facts
from testkit.strangers import ADMIN_CODE, Strangers
from testkit.world import World

QUESTIONS = 500


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_answer_tells_a_private_room_from_one_that_nobody_has_made(seed: int) -> None:
    strangers = Strangers(World(admin_code=ADMIN_CODE), seed)
    told_apart = [asked for asked in strangers.ask(QUESTIONS) if asked.about_a_room != asked.about_nothing]
    assert told_apart == []
    assert strangers.traces() == []


def test_an_answer_that_tells_more_is_found() -> None:
    world = World(admin_code=ADMIN_CODE)
    strangers = Strangers(world, 1)
    register = world.chat.stored.register
    honest = register.facts

    def open_to_all(room: str, user_id: str, *, existence: bool = False) -> Facts:
        facts = honest(room, user_id, existence=existence)
        return facts if facts.about is None else facts._replace(about=facts.about._replace(access="open"))

    register.facts = open_to_all  # type: ignore[method-assign]
    assert [asked for asked in strangers.ask(100) if asked.about_a_room != asked.about_nothing]


def test_a_frame_that_reaches_a_stranger_by_itself_is_found() -> None:
    world = World(admin_code=ADMIN_CODE)
    strangers = Strangers(world, 1)
    room = next(line.room for line in _rooms_of(world, "Olga"))
    world.connections.belongs = lambda user_id, room: True
    for connection in list(world.connections.connections.values()):
        world.connections.subscribe(connection, room, 0, members_only=True)
    assert list(strangers.ask(1))
    assert strangers.traces()


def _rooms_of(world: World, name: str) -> list[Facts]:
    [person] = world.chat.stored.people.named(name.casefold(), 1)
    found = world.chat.stored.register.belongings(person.user.id)
    return [Facts(room, About(room)) for room in sorted(found)]
