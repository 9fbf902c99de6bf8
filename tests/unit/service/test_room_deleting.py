"""Deleting a room for good: nobody reads or writes it any more, and nothing is left of it."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.domain.files import Upload
from chalicelib.domain.messages import Message
from chalicelib.errors import Conflict, Forbidden, NotFound, Unavailable
from chalicelib.service.keeping import Description
from chalicelib.service.outcomes import Deleted
from testkit import memory
from testkit.memory.purges import MemoryRemains
from testkit.world import Client, World

HERE = "127.0.0.1"
ROOM = "plans"


class House:
    """A world with an admin, Ada who owns the room `plans`, and Bob who is a member of it."""

    def __init__(self) -> None:
        self.world = World(admin_code="the admin code")
        self.chat = self.world.chat
        self.house = self.chat.house()
        self.admin = self.chat.sessions.create("Root", None, HERE, "the admin code")
        self.ada, self.bob, self.eve = (
            self.chat.sessions.create(name, None, HERE) for name in ("Ada", "Bob", "Eve")
        )

    def furnish(self) -> tuple[Client, Client]:
        """Make the room with everything that a room can have; return Ada's and Bob's connections."""
        self.house.keeping.create(self.ada, ROOM, Description(title="Plans", access="private"))
        self.house.keeping.put_member(self.ada, ROOM, self.bob.user.id, "member")
        ada, bob = self.world.connect(self.ada.token, ROOM), self.world.connect(self.bob.token, ROOM)
        for number in range(25):
            ada.say(ROOM, f"good plan {number}", str(uuid.uuid4()))
        bob.send(action="read", room=ROOM, at=3)
        self.house.hooks.make(self.ada, ROOM, "CI")
        for file_id in ("sent", "unsent"):
            self.world.uploads.add(Upload(file_id, ROOM, self.ada.user.id, "a.txt", "text/plain", 1))
            self.world.bucket.uploads[ROOM, file_id] = b"a"
        self.world.bucket.kept[ROOM, "sent"] = b"a"
        self.world.run_delivery()
        return ada, bob

    def left(self) -> int:
        """Return how many things of the room are left."""
        stored, world = self.chat.stored, self.world
        assert isinstance(stored.pulses, memory.MemoryPulses)
        return sum(
            len(found)
            for found in (
                world.log.positions.get(ROOM, {}),
                stored.register.members(ROOM),
                stored.hooks.of(ROOM),
                world.bucket.left(ROOM),
                [one for one in (self.ada, self.bob) if ROOM in stored.register.belongings(one.user.id)],
                [room for room, _ in stored.pulses.kept if room == ROOM],
            )
        )

    def message(self, seq: int) -> Message:
        sent_at = "2026-11-22T10:00:00.000Z"
        return Message(ROOM, seq, seq, str(uuid.uuid4()), self.ada.user, "late", sent_at, None)


def refused(call: Callable[[], object]) -> type[Exception]:
    with pytest.raises((NotFound, Forbidden, Conflict)) as error:
        call()
    return error.type


def test_everybody_is_out_at_once_and_the_room_exists_for_nobody() -> None:
    house = House()
    ada, bob = house.furnish()
    assert refused(lambda: house.house.deleting.delete(house.bob, ROOM)) is Forbidden
    assert refused(lambda: house.house.deleting.delete(house.admin, ROOM)) is NotFound
    house.house.deleting.delete(house.ada, ROOM)
    house.world.run_delivery()
    for client in (ada, bob):
        assert client.events[-1] == {"event": "removed", "room": ROOM, "deleted": True}
        assert client.say(ROOM, "hello?", str(uuid.uuid4()))[0]["code"] == "not_joined"
        assert client.send(action="join", room=ROOM)[0]["code"] == "not_found"
        assert client.send(action="history", room=ROOM)[0]["code"] == "not_joined"
    for session in (house.ada, house.bob, house.admin):
        assert refused(lambda s=session: house.house.keeping.members(s, ROOM, None, 9)) is NotFound  # type: ignore[misc]
        assert ROOM not in [line.room for line in house.chat.listing.rooms(session).rooms]
    assert refused(lambda: house.house.deleting.delete(house.ada, ROOM)) is NotFound
    (deed,) = [one for one in house.house.order.audit(house.admin, None, 9) if one.what == "delete-room"]
    assert (deed.by, deed.target, deed.room) == (house.ada.user, ROOM, ROOM)


def test_nothing_is_left_and_the_name_is_never_used_again() -> None:
    house = House()
    house.furnish()
    before = house.left()
    house.house.deleting.delete(house.ada, ROOM)
    assert house.left() == before, "what is taken away is not taken away by the request"
    house.world.run_purges()
    assert house.left() == 0
    assert refused(lambda: house.house.keeping.create(house.ada, ROOM, Description())) is Conflict
    assert house.world.connect(house.eve.token).send(action="join", room=ROOM)[0]["code"] == "not_found"


def test_an_open_room_that_nobody_made_is_deleted_by_admins_alone() -> None:
    house = House()
    bob = house.world.connect(house.bob.token, "general")
    bob.say("general", "hello", str(uuid.uuid4()))
    assert refused(lambda: house.house.deleting.delete(house.bob, "general")) is Forbidden
    house.house.deleting.delete(house.admin, "general")
    house.world.run_purges()
    assert bob.events[-1] == {"event": "removed", "room": "general", "deleted": True}
    assert house.chat.listing.rooms(house.bob).rooms == ()


def test_whatever_dies_on_the_way_the_next_run_finishes(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = count_steps(monkeypatch)
    assert steps > 6
    for dies_at in range(1, steps + 1):
        house = House()
        house.furnish()
        house.house.deleting.delete(house.ada, ROOM)
        (purge_id,) = house.world.invoker.purged
        with monkeypatch.context() as patched, pytest.raises(Unavailable):
            Steps(patched, house, dies_at)
            house.world.run_purges()
        assert not house.house.purging.told(house.ada, purge_id).done
        house.world.invoker.purged = [purge_id]  # Lambda repeats the event
        house.world.run_purges()
        assert house.left() == 0, f"something is left after a death at step {dies_at}"
        assert house.house.purging.told(house.ada, purge_id).done


def test_what_was_asked_for_by_somebody_who_died_before_it_was_marked_changes_nothing() -> None:
    house = House()
    ada, _ = house.furnish()
    house.house.purging.begin("room", ROOM, house.ada.user)
    before = house.left()
    house.world.run_purges()
    assert house.left() == before
    assert ada.say(ROOM, "still here", str(uuid.uuid4()))[0]["event"] == "messages"


def test_a_function_that_cannot_be_started_deletes_nothing() -> None:
    house = House()
    ada, _ = house.furnish()
    house.world.invoker.cannot_purge = True
    with pytest.raises(Unavailable, match="Nothing was deleted"):
        house.house.deleting.delete(house.ada, ROOM)
    assert ada.say(ROOM, "still here", str(uuid.uuid4()))[0]["event"] == "messages"


def test_a_message_in_flight_is_refused_or_taken_away_as_well() -> None:
    house = House()
    house.furnish()
    state = house.world.rooms.next_position(ROOM)
    house.house.deleting.delete(house.ada, ROOM)
    with pytest.raises(Deleted):
        house.world.rooms.next_position(ROOM)
    house.world.log.append(house.message(state.head))  # it had its position already
    house.world.run_purges()
    assert house.left() == 0


def test_a_hook_and_an_invite_lead_nowhere_before_they_are_taken_away() -> None:
    house = House()
    house.furnish()
    _, secret = house.house.hooks.make(house.ada, ROOM, "CD")
    invite = house.house.inviting.invite(house.ada, ROOM, 1, 1).secret
    house.house.deleting.delete(house.ada, ROOM)
    assert refused(lambda: house.house.hooks.post(secret, "hello", None)) is NotFound
    assert refused(lambda: house.house.inviting.accept(house.eve, invite)) is NotFound
    assert refused(lambda: house.house.keeping.admit(ROOM, house.eve.user)) is NotFound, "at this moment"


def test_who_was_subscribed_by_a_function_that_died_reads_nothing() -> None:
    house = House()
    house.furnish()
    bob = house.world.connect(house.bob.token)
    connection = house.chat.stored.connections.get(bob.id)
    assert connection is not None
    house.house.deleting.delete(house.ada, ROOM)
    # What a join wrote that had read before that Bob belongs to the room.
    monkey = house.world.connections
    monkey.belongs = lambda user_id, room: True
    monkey.subscribe(connection, ROOM, 0, members_only=True)
    assert bob.send(action="history", room=ROOM)[0]["code"] == "not_found"
    house.world.run_purges()
    assert bob.send(action="history", room=ROOM)[0]["code"] == "not_joined"


def test_each_of_its_people_deletes_a_direct_room_and_the_next_one_is_another() -> None:
    house = House()
    facts, _ = house.house.keeping.direct(house.ada, [house.bob.user.id])
    ada = house.world.connect(house.ada.token, facts.room)
    ada.say(facts.room, "psst", str(uuid.uuid4()))
    assert refused(lambda: house.house.deleting.delete(house.admin, facts.room)) is NotFound
    house.house.deleting.delete(house.bob, facts.room)
    assert "delete-room" not in [one.what for one in house.house.order.audit(house.admin, None, 9)]
    again, made = house.house.keeping.direct(house.ada, [house.bob.user.id])
    assert made
    assert again.room != facts.room
    (joined, *_) = house.world.connect(house.bob.token).send(action="join", room=again.room)
    assert (joined["lastSeq"], joined["messages"]) == (0, [])
    assert house.house.keeping.direct(house.bob, [house.ada.user.id])[0].room == again.room
    house.world.run_purges()


def test_one_that_was_given_up_is_begun_again_by_the_next() -> None:
    house = House()
    house.furnish()
    house.house.deleting.delete(house.ada, ROOM)
    house.world.invoker.purged.clear()  # Lambda has repeated it in vain
    house.world.clock.sleep(4_000)
    house.house.keeping.create(house.ada, "other", Description())
    house.house.deleting.delete(house.ada, "other")
    house.world.run_purges()
    assert house.left() == 0


def test_a_room_with_more_files_than_a_run_can_take_is_handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    house = House()
    house.furnish()
    for number in range(250):
        house.world.bucket.kept[ROOM, f"file-{number}"] = b"a"
    house.house.deleting.delete(house.ada, ROOM)
    erased, honest = [0], house.world.bucket.erase

    def erase(room: str, file_id: str) -> None:
        erased[0] += 1
        house.world.clock.sleep(1)
        honest(room, file_id)

    monkeypatch.setattr(house.world.bucket, "erase", erase)
    [purge_id] = house.world.invoker.purged
    house.world.invoker.purged.clear()
    house.house.purging.run(purge_id)
    assert (erased[0] < 250, house.world.invoker.purged) == (True, [purge_id])
    house.world.run_purges()
    assert house.left() == 0


class Steps:
    """Counts what a purge does, and lets it die at one step."""

    def __init__(self, patched: pytest.MonkeyPatch, house: House, dies_at: int = 0) -> None:
        self.done = 0
        self._dies_at = dies_at
        honest = MemoryRemains.take
        patched.setattr(MemoryRemains, "take", lambda it, room, most: self._step(honest, it, room, 7))
        for owner, name in (
            (house.world.bucket, "erase"),
            (house.world.uploads, "forget"),
            (house.chat.stored.audiences, "close"),
            (house.world.connections, "unsubscribe"),
        ):
            patched.setattr(owner, name, self._counted(getattr(owner, name)))

    def _counted(self, honest: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *given: self._step(honest, *given)

    def _step(self, honest: Callable[..., Any], *given: Any) -> Any:
        self.done += 1
        if self.done == self._dies_at:
            raise Unavailable("died")
        return honest(*given)


def count_steps(monkeypatch: pytest.MonkeyPatch) -> int:
    house = House()
    house.furnish()
    house.house.deleting.delete(house.ada, ROOM)
    with monkeypatch.context() as patched:
        steps = Steps(patched, house)
        house.world.run_purges()
    return steps.done


def test_somebody_elses_direct_room_does_not_tell_that_it_was_deleted() -> None:
    house = House()
    facts, _ = house.house.keeping.direct(house.ada, [house.bob.user.id])
    house.house.deleting.delete(house.bob, facts.room)
    assert refused(lambda: house.house.deleting.delete(house.eve, facts.room)) is NotFound
    assert refused(lambda: house.house.deleting.delete(house.eve, "dm-" + "0" * 32)) is NotFound
