"""What a stranger can cost in a day: the dearest things that one may ask for, as fast as they pass.

Before there were limits, the quotas of the account were the only ones. What passes now is what the template's
parameters let pass; a request that API Gateway throttles is not billed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from deploy_extras import template
from deploy_extras.prices import AS_OF, PRICES
from deploy_extras.units import of_being_there, of_message

DAY_SECONDS = 86_400
ACCOUNT_REQUESTS = 10_000  # a second, of all APIs together: requests, frames and posts
TABLE_READS = 40_000  # units a second, of one table
ROOM = 100  # connections that a stranger holds in a room, to have each message posted to all of them

_REST_GB_SECONDS = 0.5 * 0.02
_REST_ANSWER_GB = 500e-9
_FRAME_GB = 600e-9
# A page of a hundred messages of 4,000 characters of four bytes each: reads of 4 KB, frames of 32 KB.
_PAGE_BYTES = 100 * 16_400
_PAGE_READS = _PAGE_BYTES / 4_096
_PAGE_FRAMES = _PAGE_BYTES / 32_768

Units = dict[str, float]


@dataclass(frozen=True, slots=True)
class Attack:
    """Something that one asks for again and again.

    ``quota`` is how often a second the account lets it pass. ``parameter`` of the template limits it, with
    its default. ``units`` is what each time costs, by the names of `PRICES`.
    """

    what: str
    quota: float
    parameter: str
    units: Units

    def dollars(self, per_second: float) -> float:
        """Return what a day costs at this rate."""
        each = sum(PRICES[price].of(units) for price, units in self.units.items())
        return DAY_SECONDS * per_second * each

    @property
    def before(self) -> float:
        """Return what a day cost while only the quotas of the account limited it."""
        return self.dollars(self.quota)

    def after(self, limits: dict[str, float]) -> float:
        """Return what a day costs with these limits, by the names of the parameters."""
        return self.dollars(min(self.quota, limits[self.parameter]))


def attacks() -> list[Attack]:
    """Return the attacks, each the dearest of its kind."""
    request = {
        "rest_request": 1.0,
        "lambda_request": 1.0,
        "lambda_gb_second": _REST_GB_SECONDS,
        "transfer_gb": _REST_ANSWER_GB,
    }
    ping, message = of_being_there("charged", 1), of_message("ours", ROOM)
    pinged = {
        "websocket_message": ping.websocket_messages,
        "lambda_request": 1.0,
        "lambda_gb_second": ping.gb_seconds,
        "read_unit": ping.read_units,
        "write_unit": ping.write_units,
    }
    said = {
        "websocket_message": message.websocket_messages,
        "lambda_request": 1.0,
        "lambda_gb_second": message.gb_seconds,
        "read_unit": message.read_units,
        "write_unit": message.write_units,
        "transfer_gb": message.websocket_messages * _FRAME_GB,
    }
    page = {"read_unit": _PAGE_READS, "transfer_gb": _PAGE_BYTES / 1e9}
    paged = pinged | page | {"websocket_message": 1 + _PAGE_FRAMES}
    half = ACCOUNT_REQUESTS / 2  # each has an answer, which the quota counts as well
    return [
        Attack("requests without a token", ACCOUNT_REQUESTS, "RequestsPerSecond", request),
        Attack("signing in", ACCOUNT_REQUESTS, "SessionsPerSecond", request | {"write_unit": 2.0}),
        Attack("pings", half, "FramesPerSecond", pinged),
        Attack(
            f"messages to a room of {ROOM} connections",
            ACCOUNT_REQUESTS / message.websocket_messages,
            "FramesPerSecond",
            said,
        ),
        Attack("long pages by WebSocket", TABLE_READS / _PAGE_READS, "FramesPerSecond", paged),
        Attack("long pages by REST", TABLE_READS / _PAGE_READS, "RequestsPerSecond", request | page),
    ]


def limits() -> dict[str, float]:
    """Return what the template lets pass by default, a second."""
    parameters = template.load()["Parameters"]
    return {name: p["Default"] for name, p in parameters.items() if name.endswith("PerSecond")}


def lines() -> Iterator[str]:
    """Yield the table as text."""
    allowed = limits()
    yield f"{'what a stranger asks for, all day':40} {'before':>10} {'after':>10}"
    for attack in attacks():
        yield f"{attack.what:40} {attack.before:>8,.0f} $ {attack.after(allowed):>8,.0f} $"
    yield ""
    yield f"List prices of us-east-1, {AS_OF}. Only who signed in can do the last four."
