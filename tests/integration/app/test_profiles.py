"""Pictures of people on the running chat: where they are had, and how."""

from testkit.client import People, unique
from tests.integration.app.test_documented import SMALL_PNG


async def test_a_picture_is_had_from_where_files_come_and_runs_nowhere(people: People) -> None:
    ada, bob = [await people.sign_in(unique(name)) for name in ("ada", "bob")]
    status, told = await people.rest("PATCH", "/me", token=ada[1], json={"picture": SMALL_PNG})
    assert status == 200, told
    _, found = await people.rest("GET", f"/people?ids={ada[0]['id']}", token=bob[1])
    assert found["people"][0]["picture"]["id"] == told["picture"]["id"]
    elsewhere = {"Origin": "https://chat.example.org"}
    async with people.http.get(found["people"][0]["picture"]["url"], headers=elsewhere) as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"] == "image/png"
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["Access-Control-Allow-Origin"] == "*", "the page may keep it"
        assert (await answer.read()).startswith(b"\x89PNG")
    url = told["picture"]["url"]
    await people.rest("PATCH", "/me", token=ada[1], json={"picture": None})
    async with people.http.get(url) as answer:
        assert answer.status in (403, 404)
