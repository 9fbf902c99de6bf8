"""A name that is kept with a password, on the running chat."""

from local.testing import RunningStack
from testkit.client import People, unique


async def test_somebody_comes_back_with_their_password_which_is_in_no_log(
    people: People, stack: RunningStack
) -> None:
    name, geese = unique("ada"), unique("five green geese")
    user, token = await people.sign_in(name)
    status, _ = await people.rest("PUT", "/me/password", token=token, json={"password": geese})
    assert status == 200
    assert (await people.rest("DELETE", "/session", token=token))[0] == 200
    status, told = await people.rest("POST", "/session", json={"name": name})
    assert (status, told["code"], told["kept"]) == (409, "name_taken", True)
    status, told = await people.rest("POST", "/session", json={"name": name, "password": geese[:-1]})
    assert (status, told["code"]) == (403, "access_denied")
    status, told = await people.rest("POST", "/session", json={"name": name, "password": geese})
    assert (status, told["user"]["id"]) == (201, user["id"])
    logs = {path: path.read_text("utf-8", "replace") for path in stack.state.rglob("*.log")}
    assert [path for path, text in logs.items() if geese[:-1] in text] == []
    assert geese[:-1] not in stack.output
