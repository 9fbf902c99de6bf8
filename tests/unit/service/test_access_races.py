"""What happens in between: rights that end while somebody uses them."""

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.domain.access import Facts, Membership
from chalicelib.errors import AccessDenied, Forbidden, NotFound
from chalicelib.service.keeping import Description
from tests.unit.service.test_private_rooms import PRIVATE, House, codes, say


def first(part: Any, method: str, act: Callable[[], object], *, after: bool = False) -> None:
    """Let something happen once, before (or after) a part of the chat does what it is asked for."""
    honest = getattr(part, method)

    def interrupted(*given: Any, **named: Any) -> Any:
        setattr(part, method, honest)
        if after:
            result = honest(*given, **named)
            act()
            return result
        act()
        return honest(*given, **named)

    setattr(part, method, interrupted)


@pytest.mark.parametrize("deed", ["demote", "remove", "mute"])
def test_an_owner_who_is_demoted_meanwhile_changes_nothing(deed: str) -> None:
    house = House()
    for one in (house.ada, house.bob):
        house.keeping.put_member(house.olga, "club", one.user.id, "owner")
    olga, register = house.olga.user.id, house.world.chat.stored.register
    attempts: dict[str, Callable[[], object]] = {
        "demote": lambda: house.keeping.put_member(house.ada, "club", olga, "member"),
        "remove": lambda: house.keeping.drop_member(house.ada, "club", olga),
        "mute": lambda: house.world.chat.house().order.mute(house.ada, "club", olga, 5),
    }
    honest = register.facts

    def facts(room: str, user_id: str, *, existence: bool = False) -> Facts:
        """Let Ada lose her rights once they were looked at."""
        if user_id == olga:
            register.facts = honest  # type: ignore[method-assign]
            house.keeping.put_member(house.bob, "club", house.ada.user.id, "member")
        return honest(room, user_id, existence=existence)

    register.facts = facts  # type: ignore[method-assign]
    with pytest.raises(Forbidden):
        attempts[deed]()
    assert house.listed(house.olga)["club"] == "owner"
    assert honest("club", olga).membership == Membership("owner")


@pytest.mark.parametrize("reader", ["history", "join", "rest"])
def test_who_is_removed_while_a_page_is_read_does_not_get_it(reader: str) -> None:
    house = House()
    olga, ada = house.connect(house.olga, "club"), house.connect(house.ada, "club")
    say(olga, "club", "before")

    def removed() -> None:
        house.keeping.drop_member(house.olga, "club", house.ada.user.id)
        olga.send(action="edit", room="club", seq=1, text="stored after the removal")

    first(house.world.log, "newest", removed)
    if reader == "rest":
        with pytest.raises(NotFound):
            house.keeping.read(
                house.ada,
                "club",
                lambda: house.world.chat.reading.page("club", before=None, after=None, limit=9),
            )
    else:
        answer = {"history": "not_joined", "join": "not_found"}[reader]
        assert codes(ada.send(action=reader, room="club")) == [answer]
    assert "stored after" not in str(ada.events)


def test_who_is_removed_meanwhile_is_not_even_answered_with_what_has_not_changed() -> None:
    house = House()
    olga, ada = house.connect(house.olga, "club"), house.connect(house.ada, "club")
    say(olga, "club", "before")
    like = {"action": "react", "room": "club", "seq": 1, "emoji": "👍", "on": True}
    ada.send(**like)

    def removed() -> None:
        house.keeping.drop_member(house.olga, "club", house.ada.user.id)
        olga.send(action="edit", room="club", seq=1, text="stored after the removal")

    first(house.world.log, "message", removed)
    assert codes(ada.send(**like)) == ["not_joined"]
    assert "stored after" not in str(ada.events)


def test_who_comes_to_a_name_while_it_becomes_a_private_room_is_outside() -> None:
    house = House()
    bob = house.connect(house.bob)
    first(house.world.log, "newest", lambda: house.keeping.create(house.olga, "den", PRIVATE))
    bob.send(action="join", room="den")
    olga = house.connect(house.olga, "den")
    say(olga, "den", "among us")
    house.world.run_delivery()
    assert bob.entries("den") == []
    assert codes(say(bob, "den", "in?")) == ["not_joined"]
    assert "den" not in house.listed(house.bob)


def test_a_mute_that_is_lifted_during_a_join_is_not_kept() -> None:
    house = House()
    order, ada = house.world.chat.house().order, house.connect(house.ada)
    order.mute(house.olga, "club", house.ada.user.id, 5)
    first(
        house.world.connections,
        "mute",
        lambda: order.mute(house.olga, "club", house.ada.user.id, 0),
        after=True,
    )
    ada.send(action="join", room="club")
    assert codes(say(ada, "club", "hello")) == ["messages"]


def test_a_mute_that_comes_during_a_join_holds() -> None:
    house = House()
    order, ada = house.world.chat.house().order, house.connect(house.ada)
    first(house.world.connections, "subscribe", lambda: order.mute(house.olga, "club", house.ada.user.id, 5))
    ada.send(action="join", room="club")
    assert codes(say(ada, "club", "hello")) == ["forbidden"]


def test_a_mute_that_was_lifted_while_somebody_was_away_is_forgotten() -> None:
    house = House()
    order, ada = house.world.chat.house().order, house.connect(house.ada, "club")
    order.mute(house.olga, "club", house.ada.user.id, 5)
    ada.send(action="leave", room="club")
    order.mute(house.olga, "club", house.ada.user.id, 0)
    ada.send(action="join", room="club")
    assert codes(say(ada, "club", "hello")) == ["messages"]


def test_who_is_muted_does_not_write_by_changing_what_they_wrote() -> None:
    house = House()
    ada = house.connect(house.ada, "club")
    say(ada, "club", "kind")
    house.world.chat.house().order.mute(house.olga, "club", house.ada.user.id, 5)
    (refused,) = ada.send(action="edit", room="club", seq=1, text="not kind")
    assert (refused["code"], "muted" in refused["message"]) == ("forbidden", True)
    assert codes(ada.send(action="delete", room="club", seq=1)) == ["messages"]


def test_who_is_banned_neither_hears_nor_says_anything_though_nobody_has_closed_the_connection() -> None:
    house = House()
    admin = house.world.chat.sessions.begin(house.olga.user, "admin")
    ada, bob = house.connect(house.ada, "general"), house.connect(house.bob, "general")
    house.world.chat.house().order.ban(admin, house.ada.user.id, None, "spam")
    say(bob, "general", "good riddance")
    assert ada.entries("general") == []
    assert say(ada, "general", "but I am here") == []
    assert [entry["text"] for entry in bob.entries("general")] == ["good riddance"]


def test_a_ban_that_comes_during_a_sign_in_is_seen_by_it() -> None:
    house = House()
    admin = house.world.chat.sessions.begin(house.olga.user, "admin")
    people, order = house.world.chat.stored.people, house.world.chat.house().order
    first(people, "signed_in", lambda: order.ban(admin, house.ada.user.id, None, "spam"))
    with pytest.raises(AccessDenied, match="spam"):
        house.world.chat.sessions.begin(house.ada.user, "member")
    assert people.sessions(house.ada.user.id) == []
    with pytest.raises(AccessDenied, match="spam"):
        house.world.chat.sessions.begin(house.ada.user, "member")
    order.lift_ban(admin, house.ada.user.id)
    assert house.world.chat.sessions.begin(house.ada.user, "member")


def test_who_was_added_and_removed_again_does_not_hear_late_what_the_room_is() -> None:
    house = House()
    bob = house.connect(house.bob)
    house.keeping.put_member(house.olga, "club", house.bob.user.id, "member")
    house.keeping.drop_member(house.olga, "club", house.bob.user.id)
    house.keeping.describe(house.olga, "club", Description(title="Among us"))
    house.world.run_delivery()
    assert [event["event"] for event in bob.events] == ["removed"]


def test_a_change_of_access_that_died_midway_is_completed_by_the_next() -> None:
    house = House()
    house.keeping.create(house.olga, "garden", Description())
    bob = house.connect(house.bob, "garden")
    register = house.world.chat.stored.register
    facts = register.facts("garden", house.olga.user.id, existence=True)
    assert facts.about is not None
    register.describe(facts, facts.about._replace(access="private"))
    house.keeping.describe(house.olga, "garden", PRIVATE)
    assert codes(say(bob, "garden", "still?")) == ["not_joined"]
