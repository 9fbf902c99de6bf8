"""How many people may sign in from one network: each costs the chat a name, and a stranger money."""

from chalicelib.domain.networks import network
from chalicelib.service.identity_ports import Attempts
from chalicelib.service.ports import Clock
from chalicelib.service.quota import Quota

# A company behind one address signs in within an hour of a Monday; renewing a token does not count.
SIGN_UPS_PER_HOUR = 300
_HOUR_SECONDS = 3600


class SignUps:
    """Counts who signs in, by network and hour."""

    def __init__(self, attempts: Attempts, clock: Clock, per_hour: int) -> None:
        self._quota = Quota(attempts, clock, per_hour, _HOUR_SECONDS)
        self._per_hour = per_hour

    def count(self, source: str) -> None:
        """Count somebody who signs in from a network address, or raise `RateLimited`."""
        self._quota.count(
            f"sign-ups#{network(source)}",
            f"More than {self._per_hour} people have signed in from your network within an hour: "
            "wait for the next one.",
        )
