"""Files on the running chat: a browser's form, a real bucket, and what comes back from it."""

from typing import Any

import aiohttp
import pytest

from testkit.client import Client, People, post_form
from tests.unit.domain.test_files import EVIL, PNG
from tests.unit.domain.test_media import wav


async def offer(people: People, client: Client, room: str, size: int, **values: Any) -> Any:
    """Return the id and the form of a file that somebody may upload."""
    body = {"name": "notes.txt", "type": "text/plain", "bytes": size, **values}
    status, answer = await people.rest("POST", f"/rooms/{room}/files", token=client.token, json=body)
    assert status == 201, answer
    return answer


async def uploaded(people: People, client: Client, room: str, content: bytes, **values: Any) -> str:
    """Upload a file as a browser does; return its id."""
    answer = await offer(people, client, room, len(content), **values)
    assert await post_form(people.http, answer["upload"], content) == 204
    return str(answer["id"])


async def address(people: People, client: Client, room: str, file_id: str) -> str:
    """Return where somebody can have a file."""
    status, answer = await people.rest("GET", f"/rooms/{room}/files/{file_id}", token=client.token)
    assert status == 200, answer
    return str(answer["url"])


async def fetched(http: aiohttp.ClientSession, url: str) -> tuple[int, bytes, str, str]:
    """Return status, content, type and disposition."""
    async with http.get(url) as response:
        headers = response.headers
        content = await response.read()
        return (
            response.status,
            content,
            headers["Content-Type"],
            headers.get("Content-Disposition", ""),
        )


async def test_a_picture_is_had_by_others_as_it_was_sent(people: People, room: str) -> None:
    ada, bob = await people.in_room(room, 2)
    content = PNG + bytes(100_000)
    file_id = await uploaded(people, ada, room, content, name="cat é.png", type="image/png")
    sent = await ada.say(room, "", files=[file_id])
    heard = await bob.message(room, lambda message: message.get("id") == sent["id"])
    [file] = heard["files"]
    assert (file["type"], file["width"], file["height"]) == ("image/png", 640, 480)
    found = await fetched(people.http, await address(people, bob, room, file_id))
    assert found[:3] == (200, content, "image/png")
    assert found[3] == "inline; filename=\"cat _.png\"; filename*=UTF-8''cat%20%C3%A9.png"


async def test_a_sound_comes_in_parts_as_what_it_is_and_opens_nowhere(people: People, room: str) -> None:
    [ada] = await people.in_room(room, 1)
    content = wav(200_000)
    file_id = await uploaded(people, ada, room, content, name="hello.html", type="text/html")
    [file] = (await ada.say(room, "", files=[file_id]))["files"]
    assert (file["type"], file["plays"]) == ("audio/wav", "audio")
    url = await address(people, ada, room, file_id)
    _, whole, kind, disposition = await fetched(people.http, url)
    assert (whole, kind) == (content, "audio/wav")
    assert disposition.startswith("attachment;")
    async with people.http.get(url, headers={"Range": "bytes=100000-100009"}) as part:
        assert (part.status, await part.read()) == (206, content[100_000:100_010])


@pytest.mark.parametrize("content", [c for c in EVIL.values() if c], ids=[n for n, c in EVIL.items() if c])
async def test_what_a_browser_could_run_comes_as_a_download_of_no_type(
    people: People, room: str, content: bytes
) -> None:
    [ada] = await people.in_room(room)
    file_id = await uploaded(people, ada, room, content, name="cat.png", type="image/png")
    await ada.say(room, "look", files=[file_id])
    found = await fetched(people.http, await address(people, ada, room, file_id))
    assert found[:3] == (200, content, "application/octet-stream")
    assert found[3].startswith("attachment;")


@pytest.mark.parametrize("content", [b"hell", b"hello, and more"])
async def test_the_bucket_takes_no_other_length_than_was_said(
    people: People, room: str, content: bytes
) -> None:
    [ada] = await people.in_room(room)
    answer = await offer(people, ada, room, 5)
    assert await post_form(people.http, answer["upload"], content) == 400
    refused = await ada.error(
        "send", room=room, id="3f0c6d3e-8f57-4c8b-9d7e-0a1b2c3d4e5f", text="", files=[answer["id"]]
    )
    assert refused["code"] == "conflict"


@pytest.mark.parametrize(("field", "value"), [("Content-Type", "text/html"), ("key", "files/general/mine")])
async def test_the_bucket_takes_no_other_type_or_place_than_was_said(
    people: People, room: str, field: str, value: str
) -> None:
    [ada] = await people.in_room(room)
    answer = await offer(people, ada, room, 5)
    answer["upload"]["fields"][field] = value
    assert await post_form(people.http, answer["upload"], b"hello") == 403


async def test_what_is_uploaded_again_after_it_was_sent_changes_nothing(people: People, room: str) -> None:
    [ada] = await people.in_room(room)
    answer = await offer(people, ada, room, 5)
    assert await post_form(people.http, answer["upload"], b"hello") == 204
    await ada.say(room, "", files=[answer["id"]])
    assert await post_form(people.http, answer["upload"], b"<svg>") == 204
    assert (await fetched(people.http, await address(people, ada, room, answer["id"])))[1] == b"hello"


async def test_the_file_of_a_deleted_message_is_gone_even_for_who_has_its_address(
    people: People, room: str
) -> None:
    [ada] = await people.in_room(room)
    file_id = await uploaded(people, ada, room, b"hello")
    sent = await ada.say(room, "", files=[file_id])
    url = await address(people, ada, room, file_id)
    await ada.send("delete", room=room, seq=sent["seq"])
    deleted = await ada.message(room, lambda message: message.get("deleted") is True)
    assert deleted["files"] == []
    # The next frame of the same connection may overtake the removal, so that the address is asked until then.
    while (await fetched(people.http, url))[0] == 200:
        pass
    status, answer = await people.rest("GET", f"/rooms/{room}/files/{file_id}", token=ada.token)
    assert (status, answer["code"]) == (404, "not_found")


async def test_an_address_leads_to_one_file_and_to_no_other(people: People, room: str) -> None:
    [ada] = await people.in_room(room)
    first, second = [await uploaded(people, ada, room, b"hello") for _ in range(2)]
    await ada.say(room, "", files=[first, second])
    url = await address(people, ada, room, first)
    assert (await fetched(people.http, url.replace(first, second)))[0] == 403


async def test_a_page_of_another_origin_may_upload_and_show(people: People, room: str) -> None:
    [ada] = await people.in_room(room)
    answer = await offer(people, ada, room, 5)
    headers = {"Origin": "https://chat.example.org", "Access-Control-Request-Method": "POST"}
    async with people.http.options(answer["upload"]["url"], headers=headers) as response:
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "POST" in response.headers["Access-Control-Allow-Methods"]
