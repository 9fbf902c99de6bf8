"""Makes the state directory of an earlier version, which a test opens with this one.

In a clone at the last version before rooms had owners and sessions had ids (6892ca4), with `TOKEN_HOURS` in
`chalicelib/settings.py` allowed a century, because a test has to use the tokens for as long as it is kept:

    PYTHONPATH=$PWD .venv/bin/python make_earlier_state.py version-1.tar.xz
"""

import asyncio
import json
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from testkit.client import people_at
from testkit.undertone import running_undertone

CENTURY_HOURS = 876_000
ROOMS = ("general", "garden")
# What a start makes anew.
NOT_KEPT = ("package", "home", "lock", "ministack.log", "api-key")


async def chat(url: str) -> dict[str, Any]:
    """Let two people chat in two rooms; return their tokens and what is in the rooms then."""
    kept: dict[str, Any] = {"people": {}, "rooms": {}}
    async with people_at(url) as people:
        ada, bob = clients = [await people.connect(name) for name in ("Ada", "Bob")]
        for client in clients:
            kept["people"][client.user["name"]] = {"token": client.token, "user": client.user}
            for room in ROOMS:
                await client.join(room)
        for room in ROOMS:
            for number in range(3):
                await (ada, bob)[number % 2].say(room, f"message {number} in {room}")
        await bob.send("react", room="general", seq=1, emoji="👍", on=True)
        await ada.send("edit", room="general", seq=1, text="an edited text")
        await ada.send("delete", room="general", seq=3)
        await bob.send("label", room="garden", seq=1, label="positive")
        await asyncio.sleep(2)
        for room in ROOMS:
            status, page = await people.rest("GET", f"/rooms/{room}/messages", token=ada.token)
            assert status == 200
            kept["rooms"][room] = page["messages"]
    return kept


def main(target: str) -> None:
    """Make the archive."""
    with tempfile.TemporaryDirectory() as temporary:
        state = Path(temporary) / "state"
        with running_undertone(state, {"TOKEN_HOURS": str(CENTURY_HOURS)}, page=False) as stack:
            kept = asyncio.run(chat(stack.url))
        (state / "kept.json").write_text(json.dumps(kept, indent=1, ensure_ascii=False), "utf-8")
        with tarfile.open(target, "w:xz") as archive:
            for path in sorted(state.iterdir()):
                if path.name not in NOT_KEPT:
                    archive.add(path, path.name, filter=_plain)


def _plain(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return None if entry.name.endswith(".pem") else entry


if __name__ == "__main__":
    main(sys.argv[1])
