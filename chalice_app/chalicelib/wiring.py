"""The one place where the parts are put together."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from chalicelib.adapters import logs
from chalicelib.adapters.clients import WireClients
from chalicelib.adapters.metrics import LoggedMetrics
from chalicelib.domain.codes import HashedCode
from chalicelib.metrics import Metrics
from chalicelib.service import ports
from chalicelib.service.actions import Actions
from chalicelib.service.announcing import Announcing
from chalicelib.service.attempts import AttemptLimit
from chalicelib.service.attendance import Attendance
from chalicelib.service.broadcasting import Broadcasting
from chalicelib.service.changing import Changing
from chalicelib.service.codes import Codes
from chalicelib.service.connecting import Connecting
from chalicelib.service.deeds import Deeds
from chalicelib.service.departures import Departures
from chalicelib.service.joining import SHARD_SIZE, Joining
from chalicelib.service.listing import Listing
from chalicelib.service.marking import Marking
from chalicelib.service.networks import Networks
from chalicelib.service.opening import Opening
from chalicelib.service.pinging import Pinging
from chalicelib.service.posting import Posting
from chalicelib.service.presence import PresenceTracking
from chalicelib.service.reading import Reading
from chalicelib.service.repeating import Repeating
from chalicelib.service.reporting import Reporting
from chalicelib.service.repositories import Repositories
from chalicelib.service.rolling_up import RollingUp
from chalicelib.service.sending import Sending
from chalicelib.service.sessions import Sessions
from chalicelib.service.sign_ups import SIGN_UPS_PER_HOUR, SignUps
from chalicelib.service.telling import Telling
from chalicelib.service.typing_notices import TypingNotices
from chalicelib.settings import Settings
from chalicelib.world import Ports, ports_on_aws

if TYPE_CHECKING:
    from types import ModuleType

    from chalicelib.adapters.previews import PageFetcher
    from chalicelib.house import House
    from chalicelib.service.bot_calls import BotCalls
    from chalicelib.service.pushing import Pushing


@dataclass(frozen=True, slots=True)
class Chat:
    """The use cases, ready to be called, and the few adapters that entry points need themselves."""

    sessions: Sessions
    sign_ups: SignUps
    networks: Networks
    connecting: Connecting
    actions: Actions
    reading: Reading
    listing: Listing
    broadcasting: Broadcasting
    repeating: Repeating
    presence: PresenceTracking
    telling: Telling
    posting: Posting
    house: Callable[[], "House"]
    pushing: Callable[[], "Pushing"]
    calls: Callable[[], "BotCalls"]
    classifier: ports.Classifier
    storage: ports.Storage
    stored: Repositories
    clock: ports.Clock
    metrics: Metrics


def assemble(
    world: Ports,
    *,
    access_code: HashedCode | None,
    token_hours: int,
    admin_code: HashedCode | None = None,
    shard_size: int = SHARD_SIZE,
    sign_ups_per_hour: int = SIGN_UPS_PER_HOUR,
    name_sign_in: bool = True,
    admins_make_rooms: bool = False,
) -> Chat:
    """Put the use cases together on any ports."""
    stored, clock, classifier = world.repositories, world.clock, world.classifier
    connections, rooms, log = stored.connections, stored.rooms, stored.log
    codes = Codes(AttemptLimit(stored.attempts, clock), access_code, admin_code)
    networks = Networks(stored.secrets, stored.people, stored.bars, clock)
    sessions = Sessions(
        stored.names, stored.people, stored.secrets, codes, networks, clock, token_hours, by_name=name_sign_in
    )
    departures = Departures(connections, stored.presences)
    posting = Posting(WireClients(world.poster), departures, clock, world.metrics)
    attendance = Attendance(connections, stored.audiences, rooms)
    repeating = Repeating(log, attendance, posting, world.invoker, clock)
    rolling_up = RollingUp(stored.pulses, log, world.invoker, clock, world.metrics)
    broadcasting = Broadcasting(
        log, rooms, attendance, posting, repeating, rolling_up, world.invoker, clock, world.metrics
    )
    reading = Reading(log, rooms, attendance)
    opening = Opening(stored.new_rooms, clock, by_admins=admins_make_rooms)
    presence = PresenceTracking(
        connections, attendance, rooms, stored.presences, posting, world.invoker, clock
    )
    connecting = Connecting(sessions, connections, departures, presence, world.closer, clock)
    announcing = Announcing(stored.register, rooms, stored.people, stored.attempts, world.invoker, clock)
    people, marks, files = stored.people, stored.marks, world.files
    sending = Sending(
        log,
        rooms,
        broadcasting,
        posting,
        classifier,
        clock,
        people,
        marks,
        attendance,
        announcing,
        world.invoker,
        files,
    )
    register, deeds = stored.register, Deeds(stored.audit, clock)
    changing = Changing(
        log, rooms, broadcasting, posting, classifier, clock, register, deeds, attendance, files
    )
    return Chat(
        sessions=sessions,
        sign_ups=SignUps(stored.attempts, clock, sign_ups_per_hour),
        networks=networks,
        connecting=connecting,
        actions=Actions(
            Joining(
                connections,
                stored.audiences,
                attendance,
                rooms,
                reading,
                presence,
                broadcasting,
                opening,
                stored.register,
                clock,
                shard_size,
            ),
            reading,
            sending,
            changing,
            TypingNotices(connections, attendance, posting),
            Pinging(stored.glances, rooms, connecting, broadcasting, presence, clock),
            Reporting(log, stored.audit, clock),
            Marking(stored.marks, log, rooms, stored.people, posting),
            connecting,
        ),
        reading=reading,
        listing=Listing(rooms, stored.register, presence, clock),
        broadcasting=broadcasting,
        repeating=repeating,
        presence=presence,
        telling=Telling(
            connections,
            attendance,
            rooms,
            stored.register,
            stored.people,
            stored.choices,
            stored.pulses,
            posting,
            world.closer,
            world.heralds,
            clock,
        ),
        posting=posting,
        house=cache(
            lambda: assemble_house(
                world,
                sessions,
                networks,
                attendance,
                presence,
                sending,
                reading,
                opening,
                announcing,
                departures,
                changing,
                broadcasting,
            )
        ),
        pushing=cache(lambda: assemble_alone().pushing(world)),
        calls=cache(lambda: assemble_alone().calls(world, sending)),
        classifier=classifier,
        storage=stored.storage,
        stored=stored,
        clock=clock,
        metrics=world.metrics,
    )


def assemble_house(
    world: Ports,
    sessions: Sessions,
    networks: Networks,
    attendance: Attendance,
    presence: PresenceTracking,
    sending: Sending,
    reading: Reading,
    opening: Opening,
    announcing: Announcing,
    departures: Departures,
    changing: Changing,
    broadcasting: Broadcasting,
) -> "House":
    """Put the use cases of people and rooms together; only the function that serves REST needs them."""
    # Imported here, so that no other function pays for it when it starts.
    from chalicelib.house import furnish  # noqa: PLC0415

    return furnish(
        world,
        sessions,
        networks,
        attendance,
        presence,
        sending,
        reading,
        opening,
        announcing,
        departures,
        changing,
        broadcasting,
    )


def assemble_alone() -> "ModuleType":
    """Return what puts together the use cases of single functions, which no other one loads."""
    from chalicelib import alone  # noqa: PLC0415

    return alone


@cache
def page_fetcher() -> "PageFetcher":
    """Return what fetches pages, which has nothing to do with the chat of this process."""
    from chalicelib.adapters.previews import PageFetcher  # noqa: PLC0415 # no other function needs it

    settings = Settings.from_environ(os.environ)
    logs.configure(settings.log_level)
    return PageFetcher(loopback=settings.preview_loopback)


def bare_metrics() -> Metrics:
    """Return the metrics for counting a fault without a chat, which may be what could not be put together."""
    return LoggedMetrics(os.environ.get("STAGE", "local"))


def chat(event: Mapping[str, Any] | None = None) -> Chat:
    """Return the chat of this process.

    The address to post to follows from a WebSocket event, or is in the event of the delivery function.
    """
    event = event or {}
    context = event.get("requestContext", {})
    return _chat(context.get("apiId", ""), context.get("stage", ""), event.get("endpoint", ""))


@cache
def _chat(api_id: str, stage: str, given_endpoint: str) -> Chat:
    settings = Settings.from_environ(os.environ)
    logs.configure(settings.log_level)
    domain = f"{api_id}.execute-api.{settings.region}.amazonaws.com"
    endpoint = settings.apigateway_endpoint or given_endpoint or f"https://{domain}/{stage}"
    return assemble(
        ports_on_aws(settings, endpoint),
        access_code=settings.access_code,
        admin_code=settings.admin_code,
        token_hours=settings.token_hours,
        sign_ups_per_hour=settings.sign_ups_per_hour,
        name_sign_in=settings.name_sign_in,
        admins_make_rooms=settings.admins_make_rooms,
    )
