"""Addresses of push services, as browsers name them."""

from chalicelib.adapters.outside.addresses import Endpoint, RefusedAddressError, parse_address
from chalicelib.errors import Invalid

MAX_ENDPOINT_LENGTH = 1024


def parse_endpoint(text: str, *, loopback: bool = False) -> Endpoint:
    """Return an endpoint that may be pushed to: https at its usual port.

    ``loopback`` also allows any port of this machine, by https or http, for push services of tests.

    Raises
    ------
    Invalid
    """
    problem = Invalid(
        "endpoint must be the address that the browser's push service gave: https, its usual port, and at "
        f"most {MAX_ENDPOINT_LENGTH} characters"
    )
    if len(text) > MAX_ENDPOINT_LENGTH or "#" in text:
        raise problem
    try:
        return parse_address(text, ("https",), loopback=loopback)
    except RefusedAddressError:
        raise problem from None
