"""Where requests may go whose address somebody names: to hosts on the Internet, to no network of ours."""

import ipaddress
import socket
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

_PORTS = {"https": 443, "http": 80}
# The only IPv6 addresses that are anybody's on the Internet, and those of them that wrap an IPv4 address.
_UNICAST = ipaddress.IPv6Network("2000::/3")
_WRAPPING = (ipaddress.IPv6Network("2002::/16"), ipaddress.IPv6Network("2001::/32"))

Resolve = Callable[[str, int], Sequence[str]]


class RefusedAddressError(Exception):
    """An address to which nothing may be sent, or a name that leads to one."""


class Endpoint(NamedTuple):
    """The parts of an address; `path` with its query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Return scheme, host and port."""
        return f"{self.scheme}://{self.netloc}"

    @property
    def netloc(self) -> str:
        """Return the host as a request names it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def parse_address(text: str, schemes: Collection[str], *, loopback: bool = False) -> Endpoint:
    """Return the parts of an address: of these schemes, at the usual port, without a user's name.

    ``loopback`` also allows any port of this machine, by https or http, for servers of tests.

    Raises
    ------
    RefusedAddressError
        It says nothing of the address, which may be a secret.
    """
    if not text.isascii() or "\\" in text or any(c <= " " or c == "\x7f" for c in text):
        raise RefusedAddressError("the address has characters that no address has")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise RefusedAddressError("the address cannot be taken apart") from None
    if not host or parts.username is not None:
        raise RefusedAddressError("the address must have a host, and no user's name")
    here = loopback and _is_loopback(host)
    usual = parts.scheme in schemes and port in (None, _PORTS[parts.scheme])
    if not (usual or (here and parts.scheme in _PORTS)):
        raise RefusedAddressError(
            f"the address must begin with {' or '.join(schemes)} and have the usual port; this is "
            f"{parts.scheme[:16] or 'no scheme'} and port {port}"
        )
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Endpoint(parts.scheme, host, port or _PORTS[parts.scheme], path)


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host, those of IPv4 first: functions reach no others by themselves."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in sorted(found, key=lambda one: one[0] != socket.AF_INET)]


def public_address(endpoint: Endpoint, resolver: Resolve = resolve, *, loopback: bool = False) -> str:
    """Return the address to connect to, which the caller must not look up again: it might be another one.

    Raises
    ------
    RefusedAddressError
        One of the addresses is of no host on the Internet.
    OSError
        The name has none.
    """
    found = resolver(endpoint.host, endpoint.port)
    for address in found:
        if not (is_public(address) or (loopback and _is_loopback(endpoint.host))):
            raise RefusedAddressError(f"{endpoint.host} is {address}, which is no host on the Internet")
    if not found:
        raise RefusedAddressError(f"{endpoint.host} has no address")
    return found[0]


def is_public(text: str) -> bool:
    """Return whether an address is that of a host on the Internet.

    It is none of a private network, of this machine, of its link or of many hosts, nor does it wrap one.
    """
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(str(address.ipv4_mapped))
        if address not in _UNICAST or any(address in network for network in _WRAPPING):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _is_loopback(host: str) -> bool:
    return host in ("127.0.0.1", "localhost", "::1")
