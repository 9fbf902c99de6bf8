"""Puts together what single functions need alone, so that no other one loads it."""

from chalicelib.service.bot_calls import BotCalls
from chalicelib.service.pushing import Pushing
from chalicelib.service.sending import Sending
from chalicelib.service.unread import Unread
from chalicelib.world import Ports


def pushing(world: Ports) -> Pushing:
    """Put the use case of the push function together."""
    stored, pushes = world.repositories, world.pushes()
    return Pushing(
        stored.log,
        stored.register,
        stored.choices,
        stored.people,
        stored.connections,
        pushes.subscriptions,
        pushes.pusher,
        Unread(stored.rooms, stored.register),
        world.webhooks().webhooks,
        world.invoker,
        world.clock,
        world.metrics,
    )


def calls(world: Ports, sending: Sending) -> BotCalls:
    """Put the use cases of the function that calls bots together."""
    stored, webhooks = world.repositories, world.webhooks()
    return BotCalls(
        stored.log,
        stored.register,
        stored.people,
        webhooks.webhooks,
        webhooks.caller,
        sending,
        stored.attempts,
        world.clock,
        world.metrics,
    )
