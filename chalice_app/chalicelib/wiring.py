"""The one place where the parts are put together."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from chalicelib.adapters import logs
from chalicelib.adapters.aws import Aws, DeliveryFunction, WebSocketCloser, count_throttles
from chalicelib.adapters.clients import Poster as FramePoster
from chalicelib.adapters.clients import WireClients
from chalicelib.adapters.clock import SystemClock
from chalicelib.adapters.dynamodb.repositories import repositories
from chalicelib.adapters.dynamodb.table import Table
from chalicelib.adapters.metrics import LoggedMetrics
from chalicelib.adapters.poster import Poster
from chalicelib.domain.allowance import Allowance
from chalicelib.domain.codes import HashedCode
from chalicelib.metrics import Metrics
from chalicelib.sentiment.registry import ModelRegistry
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
from chalicelib.service.mood import MoodOverTime
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

if TYPE_CHECKING:
    from chalicelib.house import House, SignInProvider
    from chalicelib.service.file_ports import FilePorts


@dataclass(frozen=True, slots=True)
class Chat:
    """The use cases, ready to be called, and the few adapters that entry points need themselves."""

    sessions: Sessions
    sign_ups: SignUps
    connecting: Connecting
    actions: Actions
    reading: Reading
    listing: Listing
    mood_over_time: MoodOverTime
    broadcasting: Broadcasting
    repeating: Repeating
    presence: PresenceTracking
    telling: Telling
    posting: Posting
    house: Callable[[], "House"]
    classifier: ports.Classifier
    storage: ports.Storage
    stored: Repositories
    clock: ports.Clock
    metrics: Metrics


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything that touches the world; tests put fakes in their places."""

    clock: ports.Clock
    repositories: Repositories
    poster: FramePoster
    closer: ports.Closer
    invoker: ports.Invoker
    classifier: ports.Classifier
    metrics: Metrics
    files: Callable[[], "FilePorts"]
    provided: Callable[[], "SignInProvider | None"] = lambda: None


def assemble(
    world: Ports,
    *,
    access_code: HashedCode | None,
    token_hours: int,
    admin_code: HashedCode | None = None,
    shard_size: int = SHARD_SIZE,
    sign_ups_per_hour: int = SIGN_UPS_PER_HOUR,
    name_sign_in: bool = True,
) -> Chat:
    """Put the use cases together on any ports."""
    stored, clock, classifier = world.repositories, world.clock, world.classifier
    connections, rooms, log = stored.connections, stored.rooms, stored.log
    codes = Codes(AttemptLimit(stored.attempts, clock), access_code, admin_code)
    sessions = Sessions(
        stored.names, stored.people, stored.secrets, codes, clock, token_hours, by_name=name_sign_in
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
    opening = Opening(stored.new_rooms, clock)
    presence = PresenceTracking(
        connections, attendance, rooms, stored.presences, posting, world.invoker, clock
    )
    connecting = Connecting(sessions, connections, departures, presence, world.closer, clock)
    announcing = Announcing(stored.register, rooms, stored.people, stored.attempts, world.invoker, clock)
    people, marks, files = stored.people, stored.marks, world.files
    sending = Sending(
        log, rooms, broadcasting, posting, classifier, clock, people, marks, attendance, announcing, files
    )
    register, deeds = stored.register, Deeds(stored.audit, clock)
    changing = Changing(
        log, rooms, broadcasting, posting, classifier, clock, register, deeds, attendance, files
    )
    return Chat(
        sessions=sessions,
        sign_ups=SignUps(stored.attempts, clock, sign_ups_per_hour),
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
        mood_over_time=MoodOverTime(log, reading, rooms, clock),
        broadcasting=broadcasting,
        repeating=repeating,
        presence=presence,
        telling=Telling(
            connections,
            attendance,
            rooms,
            stored.register,
            stored.people,
            stored.pulses,
            posting,
            world.closer,
            clock,
        ),
        posting=posting,
        house=cache(
            lambda: assemble_house(
                world, sessions, attendance, presence, sending, reading, opening, announcing, departures
            )
        ),
        classifier=classifier,
        storage=stored.storage,
        stored=stored,
        clock=clock,
        metrics=world.metrics,
    )


def assemble_house(
    world: Ports,
    sessions: Sessions,
    attendance: Attendance,
    presence: PresenceTracking,
    sending: Sending,
    reading: Reading,
    opening: Opening,
    announcing: Announcing,
    departures: Departures,
) -> "House":
    """Put the use cases of people and rooms together; only the function that serves REST needs them."""
    # Imported here, so that no other function pays for it when it starts.
    from chalicelib.house import furnish  # noqa: PLC0415

    return furnish(
        world.repositories,
        world.invoker,
        world.clock,
        sessions,
        attendance,
        presence,
        sending,
        reading,
        opening,
        announcing,
        departures,
        world.files,
        world.provided(),
    )


def sign_in_provider(settings: Settings, clock: ports.Clock) -> "SignInProvider | None":
    """Return the provider that the settings name, if there is one."""
    from chalicelib.house import provider_of  # noqa: PLC0415 # for the same reason

    return provider_of(settings, clock)


def files_on_aws(settings: Settings, aws: Aws, messages: Table, clock: ports.Clock) -> "FilePorts":
    """Return the ports of files; only who sends or fetches one needs them."""
    from chalicelib.adapters.files import file_ports  # noqa: PLC0415

    return file_ports(aws, messages, clock, settings.files_bucket)


def ports_on_aws(settings: Settings, endpoint: str) -> Ports:
    """Return the ports that a function uses; `endpoint` is the address of `@connections`."""
    aws = Aws(settings.region)
    clock = SystemClock()
    metrics = LoggedMetrics(settings.stage, every=settings.every_metric)
    count_throttles(aws.dynamodb, metrics)
    messages = Table(aws.dynamodb, settings.messages_table, metrics)
    return Ports(
        clock=clock,
        repositories=repositories(
            Table(aws.dynamodb, settings.connections_table, metrics),
            messages,
            clock,
            Allowance(settings.rate_per_second, settings.rate_burst),
            settings.token_secret,
            endpoint,
        ),
        poster=Poster(endpoint, credentials=aws.credentials(), region=settings.region),
        closer=WebSocketCloser(aws, endpoint),
        invoker=DeliveryFunction(aws, settings.delivery_function, endpoint, metrics),
        classifier=ModelRegistry(settings.models_bucket or None, aws.model_client, metrics=metrics),
        metrics=metrics,
        files=cache(lambda: files_on_aws(settings, aws, messages, clock)),
        provided=lambda: sign_in_provider(settings, clock),
    )


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
    )
