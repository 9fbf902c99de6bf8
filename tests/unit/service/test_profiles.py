"""What people say of themselves, and their pictures."""

import struct
import zlib
from base64 import b64encode
from typing import Any

import pytest

from chalicelib.domain.profiles import MAX_PICTURE_BYTES, Picture, checked_picture
from chalicelib.domain.sessions import Session
from chalicelib.errors import Invalid
from chalicelib.service.keeping import Description
from chalicelib.service.profiles import PER_HOUR
from testkit.rest import Rest
from testkit.world import World

HERE = "127.0.0.1"
ADMIN_CODE = "the admin code"


def png(side: int, *, height: int | None = None, more: bytes = b"") -> bytes:
    """Return a PNG of one colour."""
    tall = side if height is None else height
    pixels = zlib.compress((b"\0" + b"\x80" * side) * tall)
    header = struct.pack(">IIBBBBB", side, tall, 8, 0, 0, 0, 0)
    parts = b"".join(map(_chunk, (b"IHDR", b"IDAT", b"IEND"), (header, pixels, b"")))
    return b"\x89PNG\r\n\x1a\n" + parts + more


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


class House:
    """A chat with Ada, Bob and an admin, called through its routes."""

    def __init__(self) -> None:
        self.world = World(admin_code=ADMIN_CODE)
        self.rest = Rest(self.world)
        self.ada, self.bob = (self.world.chat.sessions.create(name, None, HERE) for name in ("Ada", "Bob"))
        self.root = self.world.chat.sessions.create("Root", None, HERE, ADMIN_CODE)

    def change(self, who: Session, path: str = "/me", **profile: Any) -> Any:
        if isinstance(profile.get("picture"), bytes):
            profile["picture"] = b64encode(profile["picture"]).decode()
        return self.rest.call("PATCH", path, who.token, profile)[1]

    def seen(self, by: Session, *ids: str) -> Any:
        return self.rest.call("GET", f"/people?ids={','.join(ids)}", by.token)[1]["people"]


@pytest.fixture
def house() -> House:
    return House()


def test_what_somebody_says_of_themselves_is_told_to_who_finds_them(house: House) -> None:
    told = house.change(house.ada, about="  Likes tea ", picture=png(64))
    assert told["about"] == "Likes tea"
    (ada,) = house.seen(house.bob, house.ada.user.id, "nobody")
    assert ada == told
    assert ada["picture"]["url"].endswith(f"/{house.ada.user.id}/{ada['picture']['id']}")
    assert house.rest.call("GET", "/me", house.ada.token)[1]["user"] == told


def test_what_is_missing_stays_and_what_is_empty_goes(house: House) -> None:
    house.change(house.ada, about="Likes tea", picture=png(64))
    assert "picture" in house.change(house.ada, about="")
    assert house.change(house.ada, about="Likes coffee")["picture"]
    told = house.change(house.ada, picture=None)
    assert (told["about"], "picture" in told) == ("Likes coffee", False)
    assert house.world.pictures.kept == {}


def test_another_picture_has_another_id_and_takes_the_place_of_the_one_before(house: House) -> None:
    first = house.change(house.ada, picture=png(64))["picture"]["id"]
    assert house.change(house.ada, picture=png(64))["picture"]["id"] == first
    second = house.change(house.ada, picture=png(65))["picture"]["id"]
    assert first != second
    assert list(house.world.pictures.kept) == [(house.ada.user.id, second)]


def test_it_outlives_signing_in_again(house: House) -> None:
    house.change(house.ada, about="Likes tea")
    house.world.chat.sessions.renew(house.ada.token)
    assert house.seen(house.bob, house.ada.user.id)[0]["about"] == "Likes tea"


def test_a_picture_is_what_its_bytes_say() -> None:
    content = png(256)
    assert checked_picture(content) == Picture(checked_picture(content).id, "image/png", content)
    for wrong, why in (
        (b"GIF89a" + b"\x10\0\x10\0" * 9, "PNG, JPEG or WebP"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "PNG, JPEG or WebP"),
        (png(64)[:60] + b"<script>alert(1)</script>", "PNG, JPEG or WebP"),
        (png(257), "257 x 257"),
        (png(64, height=65), "64 x 65"),
        (png(64, more=b"\0" * MAX_PICTURE_BYTES), "at most 65,536"),
    ):
        with pytest.raises(Invalid, match=why):
            checked_picture(wrong)


@pytest.mark.parametrize(
    "wrong", [{"about": "x" * 251}, {"about": 7}, {"picture": "no base64!"}, {"picture": ""}]
)
def test_what_cannot_be_is_refused(house: House, wrong: dict[str, Any]) -> None:
    assert house.change(house.ada, **wrong)["code"] == "invalid"
    assert house.seen(house.bob, house.ada.user.id)[0].keys() == {"id", "name", "role"}


def test_a_bot_has_one_by_whoever_answers_for_it(house: House) -> None:
    bot = house.world.chat.house().bots.make(house.ada, "Hal", 1).user
    path = f"/tokens/{bot.id}"
    assert house.change(house.bob, path, about="Mine")["code"] == "not_found"
    told = house.change(house.ada, path, about="Says when a build is red", picture=png(32))
    assert house.seen(house.bob, bot.id) == [told]
    assert told["bot"]


def test_an_admin_takes_it_away_and_that_is_recorded(house: House) -> None:
    house.change(house.ada, about="Rude", picture=png(32))
    path = f"/people/{house.ada.user.id}/profile"
    assert house.rest.call("DELETE", path, house.bob.token)[0] == 403
    assert house.rest.call("DELETE", path, house.root.token) == (200, {})
    assert house.seen(house.bob, house.ada.user.id)[0].keys() == {"id", "name", "role"}
    assert house.world.pictures.kept == {}
    (deed,) = house.rest.call("GET", "/audit", house.root.token)[1]["entries"]
    assert (deed["what"], deed["target"]) == ("profile", house.ada.user.id)


def test_a_guest_and_who_shares_no_room_with_them_do_not_see_each_other(house: House) -> None:
    keeping, inviting = house.world.chat.house().keeping, house.world.chat.house().inviting
    keeping.create(house.ada, "club", Description(access="private"))
    guest = inviting.sign_in("Gus", inviting.invite(house.ada, "club", 1, 1).secret)
    everybody = [one.user.id for one in (house.ada, house.bob, guest)]

    def names(by: Session) -> list[str]:
        return [one["name"] for one in house.seen(by, *everybody)]

    assert names(guest) == ["Ada", "Gus"]
    assert names(house.bob) == ["Ada", "Bob"]
    assert names(house.ada) == ["Ada", "Bob", "Gus"]


def test_the_pictures_of_a_hundred_people_are_one_question_to_the_storage(house: House) -> None:
    people: Any = house.world.chat.stored.people
    asked: list[int] = []
    known = people.known

    def asking(ids: list[str]) -> Any:
        asked.append(len(ids))
        return known(ids)

    people.known = asking
    house.seen(house.bob, *(f"somebody-{number}" for number in range(99)), house.ada.user.id)
    assert asked == [100]
    status, answer = house.rest.call("GET", f"/people?ids={','.join('x' * 101)}", house.bob.token)
    assert (status, answer["code"]) == (400, "invalid")


def test_how_often_a_profile_changes_is_limited(house: House) -> None:
    for number in range(PER_HOUR):
        assert "code" not in house.change(house.ada, about=str(number))
    assert house.change(house.ada, about="again")["code"] == "rate_limited"
