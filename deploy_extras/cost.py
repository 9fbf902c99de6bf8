"""The cost of a month, item by item: counted units, times the usage, times AWS's prices."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from chalicelib.domain.presence import FEW_PEOPLE, MAX_PAUSE_MS, PAUSE_PER_PERSON_MS
from chalicelib.metrics import Metric
from deploy_extras.prices import AS_OF, PRICES
from deploy_extras.units import of_being_there, of_message, of_presence

DAYS = 30
# A page that somebody looks at for one hour of eight, ten minutes at a time; half of its pings are charged.
_PING_SECONDS = 8 * 3600 / 173
_CHARGED_SHARE = 0.5
# The simple design pings only to keep API Gateway from closing an idle connection after 10 minutes.
_SIMPLE_PING_SECONDS = 540.0
# API Gateway closes every connection after two hours, and the client opens the next.
_MAX_CONNECTION_HOURS = 2.0
# Connecting, joining and leaving with the simple design, estimated.
_SIMPLE_VISIT_GB_SECONDS, _SIMPLE_VISIT_FRAMES = 0.25, 6.0
_STORED_MESSAGE_BYTES = 900  # with its claim, which expires
_SENT_FRAME_BYTES = 600  # on average
_INVOCATION_LOG_BYTES = 500  # START, END, REPORT and our line
_TRACED_SHARE = 0.05  # X-Ray's default sampling
_ALARMS, _DISK_GB = 8, 16
_METRICS = len(Metric)
_TRAINER_HOURS = DAYS * 10 / 60


@dataclass(frozen=True, slots=True)
class Use:
    """How much people use the chat in a month of 30 days.

    ``users`` are connected ``hours`` a day each; they send ``messages`` a day in total, spread evenly
    over ``rooms``; each is in one room at a time. ``design`` is `ours` or `simple`.
    """

    users: int
    hours: float
    messages: int
    rooms: int
    design: str = "ours"

    @property
    def connections(self) -> float:
        """Return how many connections a room has while it is in use."""
        return max(1.0, self.users / self.rooms)


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the bill: a number of units at a price."""

    what: str
    price: str
    units: float

    @property
    def dollars(self) -> float:
        """Return the cost in dollars."""
        return PRICES[self.price].of(self.units)


def probe_seconds(connections: float) -> float:
    """Return after how many seconds a ping in a room probes for lost connections again."""
    return max(300.0, connections)


def announcements(use: Use) -> float:
    """Return how often people are told who came and went: in larger rooms at a pace."""
    moves = 2.0 * use.users * DAYS
    if use.connections <= FEW_PEOPLE:
        return moves
    pause_seconds = min(MAX_PAUSE_MS, use.connections * PAUSE_PER_PERSON_MS) / 1000
    return min(moves, use.rooms * use.hours * 3600 * DAYS / pause_seconds)


def bill(use: Use) -> list[Item]:
    """Return a month's bill."""
    return [*_messages(use), *_presence(use), *_fixed(use)]


def total(items: list[Item]) -> float:
    """Return the sum of a bill in dollars."""
    return math.fsum(item.dollars for item in items)


def lines(use: Use, items: list[Item]) -> list[str]:
    """Return a bill as text."""
    head = (
        f"{use.users:,} people, {use.hours:g} hours and {use.messages:,} messages a day, {use.rooms:,} rooms"
    )
    rows = [
        f"  {item.what:32} {item.units:>16,.1f} {PRICES[item.price].unit:36} {item.dollars:>10,.2f} $"
        for item in items
    ]
    notes = [
        f"List prices of us-east-1, {AS_OF}; no free tier, no taxes, no CloudFront (its free TB suffices).",
        "Units are counted by `python -m bench cost`; somebody looks at each page for one hour of eight.",
        "Sources: " + ", ".join(sorted({PRICES[item.price].source for item in items})),
    ]
    return [head, "", *rows, f"  {'a month':32} {'':16} {'':36} {total(items):>10,.2f} $", "", *notes]


def _messages(use: Use) -> Iterator[Item]:
    count = use.messages * DAYS
    units = of_message(use.design, use.connections)
    yield Item("messages: frames in and out", "websocket_message", count * units.websocket_messages)
    yield Item("messages: functions", "lambda_gb_second", count * units.gb_seconds)
    yield Item("messages: invocations", "lambda_request", count)
    yield Item("messages: reads", "read_unit", count * units.read_units)
    yield Item("messages: writes", "write_unit", count * units.write_units)
    stored = count * _STORED_MESSAGE_BYTES / 1e9
    yield Item("messages: storage, first month", "table_gb", stored)
    if use.design == "ours":
        yield Item("messages: recovery", "recovery_gb", stored)
    yield Item(
        "messages: transfer", "transfer_gb", count * units.websocket_messages * _SENT_FRAME_BYTES / 1e9
    )


def _presence(use: Use) -> Iterator[Item]:
    minutes = use.users * use.hours * 60 * DAYS
    visits = use.users * max(1, math.ceil(use.hours / _MAX_CONNECTION_HOURS)) * DAYS
    yield Item("presence: connections", "connection_minute", minutes)
    if use.design == "ours":
        yield from _being_there(use, minutes, visits)
    else:
        pings = minutes * 60 / _SIMPLE_PING_SECONDS
        yield Item(
            "presence: pings and answers", "websocket_message", 2 * pings + _SIMPLE_VISIT_FRAMES * visits
        )
        yield Item("presence: invocations", "lambda_request", pings + 3 * visits)
        gb_seconds = pings * of_being_there("usual", 1).gb_seconds + visits * _SIMPLE_VISIT_GB_SECONDS
        yield Item("presence: functions", "lambda_gb_second", gb_seconds)
        yield Item("presence: writes", "write_unit", 2.0 * visits)
    yield Item("signing in and history", "rest_request", 3 * visits)
    invocations = minutes * 60 / (_PING_SECONDS if use.design == "ours" else _SIMPLE_PING_SECONDS)
    frames = invocations + 3 * visits + use.messages * DAYS
    yield Item("logs", "log_gb", frames * _INVOCATION_LOG_BYTES / 1e9)


def _being_there(use: Use, minutes: float, visits: float) -> Iterator[Item]:
    pings = minutes * 60 / _PING_SECONDS
    probes = use.rooms * use.hours * 3600 * DAYS / probe_seconds(use.connections)
    told = announcements(use)
    counted = [
        (pings * (1 - _CHARGED_SHARE), of_being_there("usual", 1)),
        (pings * _CHARGED_SHARE, of_being_there("charged", 1)),
        (visits, of_being_there("visit", 1)),
        (told, of_presence("announcement", use.connections)),
        (probes, of_presence("probe", use.connections)),
    ]
    yield Item("presence: pings and answers", "websocket_message", 2 * pings)
    frames = sum(count * units.websocket_messages for count, units in counted) - 2 * pings
    yield Item("presence: joins and announcements", "websocket_message", frames)
    yield Item("presence: invocations", "lambda_request", pings + 3 * visits)
    for what, price, field in (
        ("functions", "lambda_gb_second", "gb_seconds"),
        ("reads", "read_unit", "read_units"),
        ("writes", "write_unit", "write_units"),
    ):
        total_units = math.fsum(count * getattr(units, field) for count, units in counted)
        yield Item(f"presence: {what}", price, total_units)


def _fixed(use: Use) -> Iterator[Item]:
    if use.design != "ours":
        return
    traced = sum(item.units for item in (*_messages(use), *_presence(use)) if item.price == "lambda_request")
    yield Item("traces", "trace", traced * _TRACED_SHARE)
    yield Item("alarms", "alarm", _ALARMS)
    yield Item("metrics", "metric", _METRICS)
    yield Item("dashboard", "dashboard", 1)
    yield Item("trainer: 10 minutes a day", "trainer_hour", _TRAINER_HOURS)
    yield Item("trainer: its address", "address_hour", _TRAINER_HOURS)
    yield Item("trainer: disk", "disk_gb", _DISK_GB)
