"""The one place where the parts are put together."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from chalicelib.adapters import logs, metrics
from chalicelib.adapters.aws import Aws, DeliveryFunction, WebSocketCloser
from chalicelib.adapters.clock import SystemClock
from chalicelib.adapters.dynamodb.connections import DynamoConnections
from chalicelib.adapters.dynamodb.identity import DynamoAttempts, DynamoNames, DynamoSecrets
from chalicelib.adapters.dynamodb.log import DynamoLog
from chalicelib.adapters.dynamodb.presences import DynamoPresences
from chalicelib.adapters.dynamodb.rooms import DynamoRooms
from chalicelib.adapters.dynamodb.table import Table
from chalicelib.adapters.poster import Poster
from chalicelib.domain.allowance import Allowance
from chalicelib.sentiment.registry import ModelRegistry
from chalicelib.service import ports
from chalicelib.service.broadcasting import Broadcasting
from chalicelib.service.changing import Changing
from chalicelib.service.connecting import Connecting
from chalicelib.service.departures import Departures
from chalicelib.service.joining import SHARD_SIZE, Joining
from chalicelib.service.listing import Listing
from chalicelib.service.mood import MoodOverTime
from chalicelib.service.pinging import Pinging
from chalicelib.service.presence import Presencing
from chalicelib.service.reading import Reading
from chalicelib.service.sending import Sending
from chalicelib.service.sessions import Sessions
from chalicelib.settings import Settings


@dataclass(frozen=True, slots=True)
class Chat:
    """The use cases, ready to be called, and the few adapters that handlers need themselves."""

    sessions: Sessions
    connecting: Connecting
    joining: Joining
    reading: Reading
    sending: Sending
    changing: Changing
    presence: Presencing
    pinging: Pinging
    listing: Listing
    moods_over_time: MoodOverTime
    broadcasting: Broadcasting
    connections: ports.Connections
    moods: ports.Moods
    closer: ports.Closer
    storage: ports.Storage
    count: ports.Count


@dataclass(frozen=True, slots=True)
class Adapters:
    """Everything that touches the world; tests put fakes in their places."""

    clock: ports.Clock
    connections: ports.Connections
    log: ports.RoomLog
    rooms: ports.Rooms
    presences: ports.Presences
    names: ports.Names
    secrets: ports.Secrets
    attempts: ports.Attempts
    storage: ports.Storage
    poster: ports.Poster
    closer: ports.Closer
    invoker: ports.Invoker
    moods: ports.Moods
    count: ports.Count


def assemble(adapters: Adapters, *, access_code: str, token_hours: int, shard_size: int = SHARD_SIZE) -> Chat:
    """Put the use cases together on any adapters."""
    a = adapters
    sessions = Sessions(a.names, a.secrets, a.attempts, a.clock, access_code, token_hours)
    departures = Departures(a.connections, a.presences)
    broadcasting = Broadcasting(
        a.log, a.rooms, a.connections, departures, a.poster, a.invoker, a.clock, a.count
    )
    reading = Reading(a.log, a.rooms)
    presence = Presencing(a.connections, a.rooms, a.presences, broadcasting, a.clock)
    return Chat(
        sessions=sessions,
        connecting=Connecting(sessions, a.connections, departures, presence),
        joining=Joining(a.connections, a.rooms, reading, presence, shard_size),
        reading=reading,
        sending=Sending(a.log, a.rooms, broadcasting, a.moods, a.clock),
        changing=Changing(a.log, a.rooms, broadcasting, a.moods, a.clock),
        presence=presence,
        pinging=Pinging(a.rooms, broadcasting, presence),
        listing=Listing(a.rooms, presence),
        moods_over_time=MoodOverTime(a.log, reading, a.rooms, a.clock),
        broadcasting=broadcasting,
        connections=a.connections,
        moods=a.moods,
        closer=a.closer,
        storage=a.storage,
        count=a.count,
    )


def adapters_on_aws(settings: Settings, endpoint: str) -> Adapters:
    """Return the adapters that a function uses; `endpoint` is the address of `@connections`."""
    aws = Aws(settings.region)
    clock = SystemClock()
    connections = Table(aws.dynamodb, settings.connections_table)
    messages = Table(aws.dynamodb, settings.messages_table)
    return Adapters(
        clock=clock,
        connections=DynamoConnections(
            connections, clock, Allowance(settings.rate_per_second, settings.rate_burst)
        ),
        log=DynamoLog(messages, clock),
        rooms=DynamoRooms(messages, clock),
        presences=DynamoPresences(connections, clock),
        names=DynamoNames(messages, clock),
        secrets=DynamoSecrets(messages, settings.token_secret),
        attempts=DynamoAttempts(connections),
        storage=messages,
        poster=Poster(endpoint, credentials=aws.credentials(), region=settings.region),
        closer=WebSocketCloser(aws, endpoint),
        invoker=DeliveryFunction(aws, settings.delivery_function, endpoint, metrics.count),
        moods=ModelRegistry(settings.models_bucket or None, aws.model_client),
        count=metrics.count,
    )


def chat(event: Mapping[str, Any] | None = None) -> Chat:
    """Return the chat of this process.

    Where to post follows from a WebSocket event, or is told by the event of the delivery function.
    """
    event = event or {}
    context = event.get("requestContext", {})
    return _chat(context.get("apiId", ""), context.get("stage", ""), event.get("endpoint", ""))


@cache
def _chat(api_id: str, stage: str, told: str) -> Chat:
    settings = Settings.from_environ(os.environ)
    logs.configure(settings.log_level)
    metrics.configure(settings.stage)
    domain = f"{api_id}.execute-api.{settings.region}.amazonaws.com"
    endpoint = settings.apigateway_endpoint or told or f"https://{domain}/{stage}"
    return assemble(
        adapters_on_aws(settings, endpoint),
        access_code=settings.access_code,
        token_hours=settings.token_hours,
    )
