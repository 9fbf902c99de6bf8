"""A chat with five people in it, for somebody alone: `make demo`.

Runs the command that starts the chat, waits until it answers, and lets them talk.
"""

import asyncio
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress

import aiohttp

from testkit.child import exit_code, in_our_place
from testkit.client import people_at
from testkit.conversation import NAMES, ROOM, converse

START_SECONDS = 120
STAY_SECONDS = 3600


def main(arguments: Sequence[str]) -> int:
    """``main([url, *command])`` returns the exit code of the command."""
    url, *command = arguments
    with in_our_place(command) as child:
        asyncio.run(_accompany(child, url))
        return exit_code(child)


async def _accompany(child: "subprocess.Popen[bytes]", url: str) -> None:
    """Talk in the chat until it ends."""
    talk = asyncio.create_task(_talk(url))
    while child.poll() is None:
        await asyncio.sleep(0.2)
    talk.cancel()
    with suppress(asyncio.CancelledError, aiohttp.ClientError, AssertionError):
        await talk


async def _talk(url: str) -> None:
    await _answers(url)
    _say(f"{', '.join(NAMES)} talk in #{ROOM}. Open {url} and join them.")
    async with people_at(url) as people:
        try:
            await converse(people, pause=asyncio.sleep)
        except AssertionError as problem:
            _say(f"They cannot talk in this chat: {problem}")
            return
        await asyncio.sleep(STAY_SECONDS)


async def _answers(url: str) -> None:
    """Return once the chat answers."""
    async with asyncio.timeout(START_SECONDS), aiohttp.ClientSession() as http:
        while True:
            with suppress(aiohttp.ClientError):
                async with http.get(f"{url}config.json") as answer:
                    if answer.ok:
                        return
            await asyncio.sleep(0.2)


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
