"""A conversation of five people in a team, for the pictures of README and for somebody alone: `make demo`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from testkit.client import Client, Event, People

ROOM = "general"


@dataclass(frozen=True)
class Line:
    """What somebody writes; ``reply`` is which line it answers, ``reactions`` who reacts to it with what.

    Lines are counted from 0. ``calls`` is whom it mentions, by name.
    """

    who: str
    text: str
    reply: int | None = None
    reactions: tuple[tuple[str, str], ...] = ()
    calls: str | None = None


CONVERSATION = (
    Line(
        "Maya",
        "Good morning! The new search went live last night 🎉",
        reactions=(("Priya", "🎉"), ("Tomás", "🎉")),
    ),
    Line("Tomás", "And nobody called. I slept like a baby, what a great release."),
    Line("Priya", "I tried it on the train, it is so much faster now. Love it!", reactions=(("Maya", "❤️"),)),
    Line("Jonas", "Not all good here, the export is broken again and a customer is really angry."),
    Line("Jonas", "They lost an hour of work. That is awful."),
    Line("Maya", "Oh no. I'm sorry, that is on me. Looking at the logs now.", reply=3),
    Line(
        "Ines",
        "The job runs out of memory at about 40 MB:\n```\nMemoryError: cannot allocate 41943040 bytes\n```",
    ),
    Line("Tomás", "Found it: `read()` takes the whole file at once. A fix is on its way.", reply=6),
    Line("Maya", "Deployed. @Jonas, can you ask them to try again?", calls="Jonas"),
    Line(
        "Jonas",
        "They did, and it works. They even wrote “thank you, that was quick” 😊",
        reply=8,
        reactions=(("Maya", "🙌"), ("Ines", "🙌"), ("Tomás", "🙌")),
    ),
    Line("Priya", "Not bad at all for a Monday morning."),
    Line("Tomás", "Lunch at half past twelve?"),
    Line("Maya", "Yes please. I'm so happy with this team."),
)
OTHER_ROOMS = {
    "design": Line("Priya", "The new colours are beautiful."),
    "random": Line("Tomás", "Has anybody seen my umbrella?"),
    "release-notes": Line("Maya", "Version 2.4: faster search, and exports of any size."),
}
NAMES = sorted({line.who for line in CONVERSATION})

Pause = Callable[[float], Awaitable[object]]


async def converse(people: People, *, pause: Pause | None = None) -> dict[str, Client]:
    """Let them come and talk, and return them; `pause(seconds)` waits while one types and between lines."""
    clients = {name: await people.connect(name) for name in NAMES}
    for room, line in OTHER_ROOMS.items():
        await clients[line.who].join(room)
        await clients[line.who].say(room, line.text)
    for client in clients.values():
        await client.join(ROOM)
    said: list[Event] = []
    for line in CONVERSATION:
        writer = clients[line.who]
        if pause is not None:
            await writer.send("typing", room=ROOM, active=True)
            await pause(len(line.text) / 25)
        said.append(await _say(writer, line, said, clients))
        for name, emoji in line.reactions:
            if pause is not None:
                await pause(1)
            await clients[name].send("react", room=ROOM, seq=said[-1]["seq"], emoji=emoji, on=True)
        if pause is not None:
            await pause(2)
    return clients


async def _say(writer: Client, line: Line, said: list[Event], clients: dict[str, Client]) -> Event:
    about: Event = {}
    if line.reply is not None:
        about["replyTo"] = said[line.reply]["seq"]
    if line.calls is not None:
        about["mentions"] = [clients[line.calls].user["id"]]
    return await writer.say(ROOM, line.text, **about)
