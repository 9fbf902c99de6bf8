"""What is in the chat of the pictures: conversations, a private room, files, reports, and a week of moods."""

import json
import math
import random
from datetime import UTC, datetime, timedelta
from typing import Any

from testkit.client import Client, Event, People, post_form
from testkit.conversation import ROOM, converse

ADMIN_CODE = "of the pictures"
PRIVATE_ROOM = "launch"
CLOSED_ROOM = "board"
DAYS = 7
AWAKE = range(6, 23)


async def furnish(people: People, pictures: dict[str, bytes]) -> str:
    """Fill the chat, and return the invite to its private room.

    Parameters
    ----------
    people
        Who will stay while the pictures are taken.
    pictures
        PNG files by their names.
    """
    clients = await converse(people)
    maya, priya = clients["Maya"], clients["Priya"]
    about = {"title": "Spring launch", "topic": "Everything for the 14th of May", "access": "private"}
    await _rest(people, maya, "POST", "/rooms", {"room": PRIVATE_ROOM, **about})
    await _rest(people, maya, "POST", "/rooms", {"room": CLOSED_ROOM, "access": "private"})
    for name, role in {"Priya": "owner", "Tomás": "member", "Ines": "member"}.items():
        path = f"/rooms/{PRIVATE_ROOM}/members/{clients[name].user['id']}"
        await _rest(people, maya, "PUT", path, {"role": role})
    for client in (maya, priya):
        await client.join(PRIVATE_ROOM)
    await maya.say(PRIVATE_ROOM, "The venue is booked, and it is beautiful.")
    files = [await _upload(people, priya, name, content) for name, content in pictures.items()]
    await priya.say(PRIVATE_ROOM, "Two photos from this morning, for the banner:", files=files)
    await maya.say(PRIVATE_ROOM, "The second one. I love the light!")
    await _moderate(people, clients)
    invite = await _rest(people, maya, "POST", f"/rooms/{PRIVATE_ROOM}/invites", {"uses": 100, "hours": 1})
    return str(invite["invite"])


async def _moderate(people: People, clients: dict[str, Client]) -> None:
    """Let somebody be reported, muted and banned."""
    troll = await people.connect("Vlad")
    await troll.join("random")
    advert = await troll.say("random", "CHEAP WATCHES, click here: https://watches.example")
    rude = await troll.say("random", "You are all stupid.")
    for name, message, reason in [
        ("Jonas", advert, "An advert, for the third time today."),
        ("Ines", rude, "This is no way to talk to people."),
    ]:
        await clients[name].join("random")
        await clients[name].send("report", room="random", seq=message["seq"], reason=reason)
    user, token = await people.sign_in("Root", adminCode=ADMIN_CODE)
    root = await people.open(user, token)
    await root.join("random")
    await root.send("delete", room="random", seq=advert["seq"])
    await root.message("random", lambda one: one["seq"] == advert["seq"] and one["deleted"])
    ban = {"minutes": 1_440, "reason": "Adverts"}
    await _rest(people, root, "PUT", f"/people/{troll.user['id']}/ban", ban)


async def _upload(people: People, client: Client, name: str, content: bytes) -> str:
    body = {"name": name, "type": "image/png", "bytes": len(content)}
    offer = await _rest(people, client, "POST", f"/rooms/{PRIVATE_ROOM}/files", body)
    status = await post_form(people.http, offer["upload"], content)
    if status != 204:
        raise RuntimeError(f"{name} could not be uploaded: the bucket answered {status}, and 204 is right.")
    return str(offer["id"])


async def _rest(people: People, client: Client, method: str, path: str, body: Event) -> Event:
    status, answer = await people.rest(method, path, token=client.token, json=body)
    if status >= 300:
        raise RuntimeError(f"{method} {path} was answered with {status}: {answer}")
    return answer


def week_of_moods(now: datetime) -> str:
    """Return the answer to `GET /rooms/{room}/pulse` for a week, made up, for a new chat has no past."""
    chance = random.Random(7)
    first = (now - timedelta(days=DAYS)).replace(minute=0, second=0, microsecond=0)
    hours = [hour for n in range(24 * DAYS + 1) if (hour := _hour(first + timedelta(hours=n), now, chance))]
    terms = [("thank you", 0.71, 14), ("love", 0.66, 9), ("great", 0.52, 21), ("angry", -0.74, 3)]
    return json.dumps(
        {
            "from": _written(first),
            "to": _written(now),
            "usual": {"mean": 0.12, "spread": 0.06},
            "hours": hours,
            "terms": [{"term": term, "weight": weight, "count": count} for term, weight, count in terms],
            "moments": [{"seq": 4, "score": -0.86}, {"seq": 1, "score": 0.91}, {"seq": 5, "score": -0.9}],
        }
    )


def _hour(at: datetime, now: datetime, chance: random.Random) -> dict[str, Any] | None:
    """Return an hour of a team in several time zones, whose last afternoon was bad; None for silence."""
    weekend = at.weekday() > 4
    if at.hour not in AWAKE or chance.random() < (0.3 if weekend else 0.05):
        return None
    busy = math.sin((at.hour - 6) / 16 * math.pi)
    count = round((10 if weekend else 16) + 12 * busy + chance.randint(-5, 5))
    yesterday = (now.date() - at.date()).days == 1
    cool, warm = yesterday and 12 <= at.hour < 16, yesterday and 16 <= at.hour < 19
    people = 2 if count < 12 and not cool and not warm else min(5, 3 + count // 14)
    mean = 0.12 + chance.gauss(0, 0.05) - 0.5 * cool + 0.35 * warm
    negative = round(count * (0.6 if cool else 0.1))
    positive = min(count - negative, round(count * (0.08 if cool else 0.6 if warm else 0.28)))
    return {
        "at": _written(at),
        "count": count,
        "people": people,
        "mean": None if people < 3 else round(mean, 3),
        "direction": "cooler" if cool else "warmer" if warm else None,
        "negative": negative,
        "neutral": count - negative - positive,
        "positive": positive,
    }


def turned(now: datetime) -> str:
    """Return the event that the service tells the owners of a room that has left its usual mood."""
    return json.dumps(
        {
            "event": "mood",
            "room": ROOM,
            "mean": -0.41,
            "usual": 0.12,
            "since": _written(now.replace(minute=0, second=0, microsecond=0)),
            "direction": "cooler",
        }
    )


def _written(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
