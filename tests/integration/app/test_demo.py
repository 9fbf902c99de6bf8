"""The conversation of `make demo`, on the running chat."""

from testkit.client import People
from testkit.conversation import CONVERSATION, ROOM, converse


async def test_five_people_talk_answer_and_react(people: People) -> None:
    waited: list[float] = []

    async def pause(seconds: float) -> None:
        waited.append(seconds)

    await converse(people, pause=pause)
    assert len(waited) == 2 * len(CONVERSATION) + sum(len(line.reactions) for line in CONVERSATION)
    [reader] = await people.in_room(ROOM)
    messages = {m["seq"]: m for m in await reader.log(ROOM) if not m.get("void")}
    said = list(messages.values())[-len(CONVERSATION) :]
    assert [message["text"] for message in said] == [line.text for line in CONVERSATION]
    assert [bool(message["replyTo"]) for message in said] == [line.reply is not None for line in CONVERSATION]
    assert [name["name"] for message in said for name in message["mentions"]] == ["Jonas"]
    assert said[0]["reactions"] == {"🎉": 2}
