"""Bodies of the REST API's answers, and numbers in its queries."""

from collections.abc import Iterable, Mapping

from chalicelib.domain.access import About, Facts, Member
from chalicelib.domain.audit import Deed, Report
from chalicelib.domain.bots import Bot, Hook
from chalicelib.domain.events import ChoiceMade
from chalicelib.domain.messages import Reaction
from chalicelib.domain.moods import Bucket
from chalicelib.domain.passwords import Standing
from chalicelib.domain.pulse import Direction, Hour, Pulse
from chalicelib.domain.purges import Purge
from chalicelib.domain.rooms import RoomList
from chalicelib.domain.searching import Found
from chalicelib.domain.sessions import Person, Session, SessionRecord
from chalicelib.domain.times import timestamp
from chalicelib.domain.webhooks import Webhook
from chalicelib.errors import Invalid
from chalicelib.protocol.entries import Json, described, entry, user
from chalicelib.protocol.limits import MAX_POSITION


def integer(query: Mapping[str, str], name: str, least: int, most: int = MAX_POSITION) -> int | None:
    """Return a whole number of a query, or None if it is missing."""
    text = query.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 16 and least <= int(text) <= most):
        raise Invalid(f"{name} is {text[:40]!a}: it must be a whole number from {least} to {most}")
    return int(text)


def session(made: Session) -> Json:
    """Return the answer to `POST /session`."""
    return {
        "token": made.token,
        "user": person(Person(made.user, made.role)),
        "expiresAt": made.expires_at,
    }


def person(who: Person) -> Json:
    """Return somebody with what they are in the deployment."""
    return {**user(who.user), "role": who.role}


def person_for_admins(who: Person, now: int) -> Json:
    """Return somebody, with the ban that holds at a time (ms) if there is one."""
    if who.ban is None or not who.ban.holds(now):
        return person(who)
    until = None if who.ban.until is None else timestamp(who.ban.until)
    removed = {"removed": True} if who.ban.removed else {}
    barred = {"addresses": True} if who.ban.networks else {}
    return {**person(who), "ban": {"reason": who.ban.reason, "until": until, **removed, **barred}}


def purge(one: Purge) -> Json:
    """Return how far a deletion of messages is."""
    return {"id": one.id, "deleted": one.deleted, "archived": one.archived, "done": one.done}


def bot(one: Bot, called: Webhook | None) -> Json:
    """Return a bot of somebody, and where it is called."""
    told: Json = {"id": one.user.id, "user": user(one.user), "expiresAt": timestamp(one.expires * 1000)}
    return told | {"webhook": None if called is None else webhook(called)}


def webhook(called: Webhook) -> Json:
    """Return where a bot is called, without the secret, and the last failure."""
    failed = {"at": timestamp(called.failed), "problem": called.problem, "inARow": called.failures}
    return {"url": called.url, "off": called.is_off, "failed": failed if called.failed else None}


def profile(who: Person, now: int, pictures: Mapping[str, str], *, for_admins: bool = False) -> Json:
    """Return somebody with what they say of themselves; `pictures` has addresses by the ids of people."""
    told = person_for_admins(who, now) if for_admins else person(who)
    url = pictures.get(who.user.id)
    return (
        told
        | ({"about": who.about} if who.about else {})
        | ({"picture": {"id": who.picture, "url": url}} if url else {})
    )


def hook(one: Hook) -> Json:
    """Return a hook of a room, without its secret."""
    return {"id": one.id, "name": one.name, "by": one.by}


def me(asker: Session, told: Json, sessions: Iterable[SessionRecord], kept: Standing | None = None) -> Json:
    """Return the answer to `GET /me`; `told` is who asks, `kept` how their name is kept, if it can be."""
    return {
        "user": told,
        "expiresAt": asker.expires_at,
        "sessions": [
            {
                "id": one.id,
                "createdAt": timestamp(one.created or one.last_seen),
                "lastSeenAt": timestamp(one.last_seen),
                "current": one.id == asker.id,
            }
            for one in sessions
        ],
        "password": None if kept is None else standing(kept),
    }


def standing(kept: Standing) -> Json:
    """Return how somebody's name is kept."""
    return {"set": kept.kept, "currentNeeded": kept.current_needed}


def room(facts: Facts) -> Json:
    """Return a room as somebody sees it who has just made or changed it."""
    about = facts.about or About(facts.room)
    return {"room": facts.room, **described(about), "role": facts.membership.role}


def mine(chosen: ChoiceMade) -> Json:
    """Return what somebody chose for a room, as its event has it too."""
    return chosen._asdict()


def member(found: Member, now: int) -> Json:
    """Return somebody in a room; `now` is in ms since the epoch."""
    told = {**user(found.user), "role": found.membership.role}
    muted = found.membership.muted_until
    return told | ({"mutedUntil": timestamp(muted)} if muted > now else {})


def deed(done: Deed) -> Json:
    """Return an entry of the audit log."""
    told: Json = {"at": timestamp(done.at), "by": user(done.by), "what": done.what, "target": done.target}
    return (
        told
        | ({"room": done.room} if done.room is not None else {})
        | ({"reason": done.reason} if done.reason is not None else {})
    )


def report(made: Report) -> Json:
    """Return a report of a message."""
    return {
        "at": timestamp(made.at),
        "by": user(made.by),
        "room": made.room,
        "seq": made.seq,
        "reason": made.reason,
    }


def rooms(found: RoomList) -> Json:
    """Return the answer to `GET /rooms`."""
    lines = [
        {
            "room": line.room,
            **described(line.about),
            "role": line.role,
            "lastSeq": line.delivered,
            "online": line.online,
            "readAt": line.read_at,
            "unread": line.unread,
            "mentions": line.mentions,
            "notices": line.notices,
            "hidden": line.hidden,
        }
        for line in found.rooms
    ]
    return {"rooms": lines, "more": found.more}


def found(searched: Found, viewer: str) -> Json:
    """Return the answer to `GET /rooms/{room}/search`."""
    return {
        "messages": [entry(message, viewer) for message in searched.messages],
        "more": searched.more,
        "searched": {"from": searched.first, "to": searched.last},
    }


def reactions(found: Iterable[Reaction]) -> Json:
    """Return the answer to `GET /rooms/{room}/messages/{seq}/reactions`."""
    return {
        "reactions": [
            {"emoji": one.emoji, "count": one.count, "people": [user(person) for person in one.people]}
            for one in found
        ]
    }


def mood(room: str, buckets: Iterable[Bucket]) -> Json:
    """Return the answer to `GET /rooms/{room}/mood`."""
    return {"room": room, "buckets": [_bucket(bucket) for bucket in buckets]}


def pulse(read: Pulse) -> Json:
    """Return the answer to `GET /rooms/{room}/pulse`."""
    usual = read.usual
    return {
        "from": timestamp(read.begin),
        "to": timestamp(read.end),
        "hours": [_hour(hour, read.directions.get(hour.begin)) for hour in read.hours],
        "terms": [
            {"term": term.term, "weight": round(term.weight, 4), "count": term.count} for term in read.terms
        ],
        "moments": [{"seq": moment.seq, "score": moment.score} for moment in read.moments],
        "usual": {
            "mean": None if usual is None else round(usual.mean, 4),
            "spread": None if usual is None else round(usual.spread, 4),
        },
    }


def _hour(hour: Hour, direction: Direction | None) -> Json:
    return {
        "at": timestamp(hour.begin),
        "count": hour.count,
        "people": len(hour.people),
        "mean": None if hour.mean is None else round(hour.mean, 4),
        "direction": direction,
        "negative": hour.negative,
        "neutral": hour.neutral,
        "positive": hour.positive,
    }


def _bucket(bucket: Bucket) -> Json:
    return {
        "from": timestamp(bucket.begin),
        "to": timestamp(bucket.end),
        "count": bucket.count,
        "mean": bucket.mean,
        "negative": bucket.negative,
        "neutral": bucket.neutral,
        "positive": bucket.positive,
    }
