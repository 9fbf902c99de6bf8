"""Who reacted to a message."""

import uuid

import pytest

from chalicelib.errors import NotFound
from chalicelib.service.reactors import MAX_NAMED, Reactors
from testkit.world import Client, World


def a_world(*names: str) -> tuple[World, Reactors, list[Client]]:
    """Return a room with one message, to which everybody named reacts with a thumb; the clients of all."""
    world = World()
    everybody = [world.client(name, "general") for name in ("Ada", *names)]
    everybody[0].say("general", "shall we?", str(uuid.uuid4()))
    for client in everybody[1:]:
        react(client, "👍")
    return world, world.chat.house().reactors, everybody


def react(client: Client, emoji: str) -> None:
    client.send(action="react", room="general", seq=1, emoji=emoji, on=True)


def test_the_asker_comes_first_and_everybody_has_a_name() -> None:
    _, reactors, [_, _, cy, _] = a_world("Bo", "Cy", "Di")
    react(cy, "❤️")
    cy.say("general", "I did", str(uuid.uuid4()))
    asker = cy.entries("general")[-1]["user"]["id"]
    thumbs, heart = reactors.of("general", 1, asker)
    assert (thumbs.emoji, thumbs.count) == ("👍", 3)
    assert thumbs.people[0].id == asker
    assert {person.name for person in thumbs.people} == {"Bo", "Cy", "Di"}
    assert (heart.emoji, heart.count, [person.name for person in heart.people]) == ("❤️", 1, ["Cy"])


def test_many_are_counted_and_a_hundred_are_named() -> None:
    _, reactors, _ = a_world(*(f"P{number}" for number in range(MAX_NAMED + 5)))
    [thumbs] = reactors.of("general", 1, "nobody")
    assert (thumbs.count, len(thumbs.people)) == (MAX_NAMED + 5, MAX_NAMED)


def test_every_emoji_gets_its_share_of_the_names() -> None:
    world, reactors, _ = a_world(*(f"P{number}" for number in range(MAX_NAMED + 5)))
    react(world.client("Zoe", "general"), "🎉")
    _, party = reactors.of("general", 1, "nobody")
    assert [person.name for person in party.people] == ["Zoe"]


def test_who_reacted_to_what_is_not_there_is_not_found() -> None:
    _, reactors, [ada, _] = a_world("Bo")
    with pytest.raises(NotFound, match="no message 7 in general"):
        reactors.of("general", 7, "nobody")
    ada.send(action="delete", room="general", seq=1)
    with pytest.raises(NotFound, match="deleted"):
        reactors.of("general", 1, "nobody")
