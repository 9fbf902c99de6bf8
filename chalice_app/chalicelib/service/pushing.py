"""Pushing a message to the browsers of those whom it concerns and who do not look (Web Push)."""

import logging
from collections import Counter

from chalicelib.domain.access import Level, is_direct_name, may_join
from chalicelib.domain.messages import Message, User
from chalicelib.domain.pushing import Push, PushSubscription, concerned, is_wanted, payload
from chalicelib.metrics import Metric, Metrics
from chalicelib.service.identity_ports import People
from chalicelib.service.ports import Clock, Connections, Invoker, RoomLog
from chalicelib.service.push_ports import Outcome, Pusher, PushSubscriptions
from chalicelib.service.room_ports import Choices, RoomRegister
from chalicelib.service.unread import Unread
from chalicelib.service.webhook_ports import Webhooks

logger = logging.getLogger(__name__)

# A page at which somebody looks sends a frame every minute, and one that is hidden ever more seldom.
LOOKING_SECONDS = 90
# What is unread is counted for so long, for all whom a message concerns; those who come after go without.
COUNTING_SECONDS = 3.0

_METRICS = {
    Outcome.SENT: Metric.PUSHES_SENT,
    Outcome.GONE: Metric.PUSHES_GONE,
    Outcome.FAILED: Metric.PUSHES_FAILED,
}


class Pushing:
    """The use case of the push function."""

    def __init__(
        self,
        log: RoomLog,
        register: RoomRegister,
        choices: Choices,
        people: People,
        connections: Connections,
        subscriptions: PushSubscriptions,
        pusher: Pusher,
        unread: Unread,
        webhooks: Webhooks,
        invoker: Invoker,
        clock: Clock,
        metrics: Metrics,
    ) -> None:
        self._log = log
        self._register = register
        self._choices = choices
        self._people = people
        self._connections = connections
        self._subscriptions = subscriptions
        self._pusher = pusher
        self._unread = unread
        self._webhooks = webhooks
        self._invoker = invoker
        self._clock = clock
        self._metrics = metrics

    def push(self, room: str, seq: int, *, watched: bool) -> None:
        """Push a message to whom it concerns, also if its room is `watched` by somebody.

        What fails is counted, and nobody waits for it.
        """
        message = self._log.message(room, seq)
        if message is None:
            return
        about = self._register.abouts([room]).get(room)
        direct = is_direct_name(room)
        people = about.people if about is not None and direct else ()
        self._call_bots(message, people)
        # A direct room has few people, and all of them are asked.
        watchers = self._choices.watchers(room) if watched and not direct else ()
        reached = [
            (user_id, subscription)
            for user_id in concerned(message, tuple(user.id for user in people) or watchers)
            for subscription in self._reached(user_id, message, watches=user_id in watchers)
        ]
        if not reached:
            return
        title = about.title if about is not None else room
        unread = self._count([user_id for user_id, _ in reached])
        told = {user_id: payload(message, title, count, direct=direct) for user_id, count in unread.items()}
        outcomes = self._pusher.push([Push(one.address, told[user_id]) for user_id, one in reached])
        for (user_id, subscription), outcome in zip(reached, outcomes, strict=True):
            if outcome is Outcome.GONE:
                self._subscriptions.drop(user_id, subscription.id)
        for outcome, count in Counter(outcomes).items():
            self._metrics.count(_METRICS[outcome], count)
        counts = Counter(outcome.name.lower() for outcome in outcomes)
        logger.info("pushed", extra={"room": room, "seq": seq, **counts})

    def _call_bots(self, message: Message, people: tuple[User, ...]) -> None:
        """Have the bots called that a message concerns. What a bot says calls none: two would never end."""
        if message.user.bot or message.deleted:
            return
        bots = dict.fromkeys(user.id for user in (*people, *message.mentions) if user.bot)
        for bot_id, webhook in self._webhooks.of_each(list(bots)).items() if bots else ():
            if not webhook.is_off:
                self._invoker.call(bot_id, message.room, message.seq)

    def _reached(self, user_id: str, message: Message, *, watches: bool) -> list[PushSubscription]:
        """Return the browsers of somebody that are to show a message."""
        known = self._subscriptions.of(user_id)
        if not known:
            return []
        chosen: Level | None = "all" if watches else self._choices.of(user_id, message.room).notices
        wanted = [one for one in known if is_wanted(message, user_id, chosen, one.rooms.get(message.room))]
        if not wanted or self._looks(user_id) or not self._may_read(user_id, message.room):
            return []
        signed_in = {session.id for session in self._people.sessions(user_id)}
        for ended in (one for one in wanted if one.session not in signed_in):
            self._subscriptions.drop(user_id, ended.id)
        return [one for one in wanted if one.session in signed_in]

    def _count(self, user_ids: list[str]) -> dict[str, int | None]:
        """Return how much is unread of each, None of whom it is not known in time."""
        ends = self._clock.monotonic() + COUNTING_SECONDS
        return {
            one: self._unread.of(one) if self._clock.monotonic() < ends else None
            for one in dict.fromkeys(user_ids)
        }

    def _looks(self, user_id: str) -> bool:
        ids = [connection.id for connection in self._people.connections(user_id)]
        since = self._clock.now() - LOOKING_SECONDS * 1000
        return bool(ids) and any(at >= since for at in self._connections.last_frames(ids).values())

    def _may_read(self, user_id: str, room: str) -> bool:
        """Return whether the room exists for somebody: also strangers can be mentioned in it."""
        person = self._people.person(user_id)
        return person is not None and may_join(person.role, self._register.facts(room, user_id))
