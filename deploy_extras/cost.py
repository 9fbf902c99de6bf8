"""The cost of a month, item by item: counted units, times the usage, times AWS's prices."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from chalicelib.domain.presence import FEW_PEOPLE, MAX_PAUSE_MS, PAUSE_PER_PERSON_MS
from deploy_extras.alarms import ALARMS
from deploy_extras.prices import AS_OF, PRICES
from deploy_extras.units import of_being_there, of_message, of_presence

DAYS = 30
# A page asks so long after all of its rooms were last known to be whole: while somebody looks, and otherwise.
LOOKING_SECONDS, NOT_LOOKING_SECONDS = 57.0, 240.0
LOOKING = 0.125  # an hour of eight; half of the pings are charged then
_CHARGED_SHARE = 0.5
# How long a look lasts, and after how long whoever stays in a room reports again what they have read.
LOOK_SECONDS, READ_INTERVAL_SECONDS = 600.0, 240.0
# The simple design pings only to keep API Gateway from closing an idle connection after 10 minutes.
_SIMPLE_PING_SECONDS = 540.0
# API Gateway closes every connection after two hours, and the client opens the next.
_MAX_CONNECTION_HOURS = 2.0
# Connecting, joining and leaving with the simple design, estimated.
_SIMPLE_VISIT_GB_SECONDS, _SIMPLE_VISIT_FRAMES = 0.25, 6.0
_STORED_MESSAGE_BYTES = 900  # with its claim, which expires
_SENT_FRAME_BYTES = 600  # on average
_TRAINER_HOURS = DAYS * 10 / 60
_LOGS_GB = 0.01  # functions log what goes wrong; the trainer tells of each run
_LIST_READS, _LIST_GB_SECONDS = 3.0, 0.02  # the session and what somebody belongs to, in 512 MB


@dataclass(frozen=True, slots=True)
class Use:
    """How much people use the chat in a month of 30 days.

    ``users`` are connected ``hours`` a day each; they send ``messages`` a day in total, spread evenly
    over ``rooms`` and hours; each has joined ``rooms_each`` of them, and looks at the page for the share
    ``looking`` of the time that it is open. ``design`` is `ours` or `simple`.
    """

    users: int
    hours: float
    messages: int
    rooms: int
    design: str = "ours"
    rooms_each: int = 1
    looking: float = LOOKING

    @property
    def connections(self) -> float:
        """Return how many connections a room has while it is in use."""
        return max(1.0, self.users * self.rooms_each / self.rooms)


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


def pings(use: Use) -> float:
    """Return how many pings the pages send in a month.

    A message shows that its room is whole, so that the page need not ask about it. Messages of one room come
    at random; the page asks when it has heard nothing of one of its rooms for too long.
    """
    rate, rooms = _rate(use), use.rooms_each

    def seconds(after: float) -> float:
        """Return the time until a page asks, which is `after` seconds if nobody writes."""
        if not rate:
            return after
        heard = -math.expm1(-rate * after)  # how likely a message comes in that time
        alone = math.expm1(rate * after) / rate
        # Beyond the first such time, each room falls silent for as long at a constant rate, nearly.
        return after + heard**rooms * (alone - after) / heard / rooms

    a_second = use.looking / seconds(LOOKING_SECONDS) + (1 - use.looking) / seconds(NOT_LOOKING_SECONDS)
    return use.users * use.hours * 3600 * DAYS * a_second


def reads(use: Use) -> float:
    """Return how often pages report in a month what was read.

    Whoever looks, for ten minutes at a time, opens every second of their rooms: what they find there is one
    report, and what comes while they stay is one for each interval in which something comes.
    """
    rate, opened = _rate(use), (use.rooms_each + 1) / 2
    looks = use.users * use.hours * 3600 * DAYS * use.looking / LOOK_SECONDS
    intervals, rest = divmod(LOOK_SECONDS / opened, READ_INTERVAL_SECONDS)

    def something(seconds: float) -> float:
        return -math.expm1(-rate * seconds)

    away = something(LOOK_SECONDS / use.looking) if use.looking else 0.0
    return looks * opened * (away + intervals * something(READ_INTERVAL_SECONDS) + something(rest))


def _rate(use: Use) -> float:
    """Return the messages of one room in a second."""
    return use.messages / use.rooms / (use.hours * 3600)


def announcements(use: Use) -> float:
    """Return how often people are told who came and went: in larger rooms at a pace."""
    moves = 2.0 * use.users * use.rooms_each * DAYS
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


def being_there(items: list[Item]) -> float:
    """Return what it costs in dollars that people are there, whatever they say."""
    return math.fsum(item.dollars for item in items if item.what.startswith("presence"))


def options(use: Use) -> list[str]:
    """Return what is off unless a parameter of the template turns it on, and what it would add."""
    invocations = sum(i.units for i in (*_messages(use), *_presence(use)) if i.price == "lambda_request")
    # Lambda traces one request a second and 5 % of the others.
    seconds = use.hours * 3600 * DAYS
    first = seconds * -math.expm1(-invocations / seconds)
    traces = PRICES["trace"].of(first + 0.05 * (invocations - first))
    more = sum(alarm.condition == "AllMetrics" for alarm in ALARMS)
    return [
        f"Off by default: traces {traces:.2f} $, the dashboard {PRICES['dashboard'].of(1):.2f} $,"
        f" and {more} more alarms {PRICES['alarm'].of(more):.2f} $"
        f" with metrics at {PRICES['metric'].of(1):.2f} $ each.",
    ]


def lines(use: Use, items: list[Item]) -> list[str]:
    """Return a bill as text."""
    head = (
        f"{use.users:,} people, {use.hours:g} hours and {use.messages:,} messages a day,"
        f" {use.rooms:,} rooms, {use.rooms_each} joined each"
    )
    rows = [
        f"  {item.what:32} {item.units:>16,.1f} {PRICES[item.price].unit:36} {item.dollars:>10,.2f} $"
        for item in items
    ]
    notes = [
        f"List prices of us-east-1, {AS_OF}; no free tier, no taxes, no CloudFront (its free TB suffices).",
        "Units are counted by `python -m bench cost`;"
        f" somebody looks at a page for {use.looking:.1%} of the time that it is open.",
        *(options(use) if use.design == "ours" else ()),
        "Sources: " + ", ".join(sorted({PRICES[item.price].source for item in items})),
    ]
    there = f"  {'of which being there':32} {'':16} {'':36} {being_there(items):>10,.2f} $"
    return [head, "", *rows, there, f"  {'a month':32} {'':16} {'':36} {total(items):>10,.2f} $", "", *notes]


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
        yield from _being_there(use, visits)
    else:
        asked = minutes * 60 / _SIMPLE_PING_SECONDS
        yield Item(
            "presence: pings and answers", "websocket_message", 2 * asked + _SIMPLE_VISIT_FRAMES * visits
        )
        yield Item("presence: invocations", "lambda_request", asked + 3 * visits)
        gb_seconds = asked * of_being_there("usual", 1).gb_seconds + visits * _SIMPLE_VISIT_GB_SECONDS
        yield Item("presence: functions", "lambda_gb_second", gb_seconds)
        yield Item("presence: writes", "write_unit", 2.0 * visits)
    if use.design == "simple":
        yield Item("presence: signing in and history", "rest_request", 3 * visits)


def _being_there(use: Use, visits: float) -> Iterator[Item]:
    asked, read, rooms = pings(use), reads(use), use.rooms_each
    probes = use.rooms * use.hours * 3600 * DAYS / probe_seconds(use.connections)
    told = announcements(use)
    counted = [
        (asked * (1 - _CHARGED_SHARE), of_being_there("usual", rooms)),
        (asked * _CHARGED_SHARE, of_being_there("charged", rooms)),
        (visits, of_being_there("visit", rooms)),
        (read, of_being_there("read", rooms)),
        (told, of_presence("announcement", use.connections)),
        (probes, of_presence("probe", use.connections)),
    ]
    yield Item("presence: pings and answers", "websocket_message", 2 * asked)
    yield Item("presence: reports of what was read", "websocket_message", read)
    frames = sum(count * units.websocket_messages for count, units in counted) - 2 * asked - read
    yield Item("presence: joins and announcements", "websocket_message", frames)
    invocations = asked + read + (2 + rooms) * visits + told + probes
    yield Item("presence: invocations", "lambda_request", invocations)
    for what, price, field in (
        ("functions", "lambda_gb_second", "gb_seconds"),
        ("reads", "read_unit", "read_units"),
        ("writes", "write_unit", "write_units"),
    ):
        total_units = math.fsum(count * getattr(units, field) for count, units in counted)
        yield Item(f"presence: {what}", price, total_units)
    # The list of rooms with each visit, and signing in once a day.
    yield Item("presence: REST requests", "rest_request", visits + use.users * DAYS)
    yield Item("presence: REST invocations", "lambda_request", visits + use.users * DAYS)
    yield Item("presence: REST functions", "lambda_gb_second", (visits + use.users * DAYS) * _LIST_GB_SECONDS)
    yield Item("presence: reads of the list", "read_unit", visits * (_LIST_READS + use.rooms / 2))


def _fixed(use: Use) -> Iterator[Item]:
    if use.design != "ours":
        return
    # That of the trainer is in its own stack.
    yield Item("alarms", "alarm", 1 + sum(alarm.condition != "AllMetrics" for alarm in ALARMS))
    yield Item("logs", "log_gb", _LOGS_GB)
    yield Item("trainer: 10 minutes a day", "trainer_hour", _TRAINER_HOURS)
    yield Item("trainer: its address", "address_hour", _TRAINER_HOURS)
