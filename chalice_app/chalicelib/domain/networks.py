"""Where people come from: their networks, and what may be kept of one."""

import hashlib
import hmac
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# What one customer of a provider has at least: whoever has one IPv6 address has them all.
_IPV6_PREFIX_BITS = 64
# 24 bits: 256 IPv4 addresses have the same, so that not even who has the key can tell which one it was; and a
# network is taken for a certain other one once in 17 million times.
_MARK_DIGITS = 6
_PURPOSE = "undertone-networks#"


def network(source: str) -> str:
    """Return an IPv4 address as it is, and the network of an IPv6 address."""
    address = _address(source)
    if isinstance(address, IPv6Address):
        return str(ip_network((address, _IPV6_PREFIX_BITS), strict=False))
    return source if address is None else str(address)


def mark(key: str, source: str) -> str:
    """Return what is kept of the network of an address, by a secret key; nothing of this machine's own."""
    address = _address(source)
    if address is None or address.is_loopback:
        return ""
    hashed = hmac.new(key.encode(), f"{_PURPOSE}{network(source)}".encode(), hashlib.sha256)
    return hashed.hexdigest()[:_MARK_DIGITS]


def _address(source: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(source)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
