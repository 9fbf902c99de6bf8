"""Where requests may go whose address somebody names: to hosts on the Internet alone."""

import pytest

from chalicelib.adapters.outside.addresses import Endpoint, RefusedAddressError, is_public, public_address

HOST = Endpoint("https", "push.example.org", 443, "/x")

PUBLIC = ("8.8.8.8", "142.250.1.188", "100.63.255.255", "172.15.0.1", "2a00:1450:4001::1", "2606:4700::1111")
PRIVATE = {
    "this machine": ("127.0.0.1", "127.9.9.9", "::1", "0.0.0.0", "::"),
    "private networks": ("10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fd12::1"),
    "the link": ("169.254.1.1", "fe80::1", "fe80::1%eth0"),
    "metadata": ("169.254.169.254", "169.254.170.2", "fd00:ec2::254"),
    "providers": ("100.64.0.1", "100.127.255.255"),
    "many hosts": ("224.0.0.1", "239.255.255.255", "255.255.255.255", "ff02::1"),
    "nobody": (
        "192.0.2.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "240.0.0.1",
        "2001:db8::1",
        "100::1",
    ),
    "an IPv4 address in an IPv6 address": (
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1",
        "2001:0:7f00:1::1",
    ),
}


@pytest.mark.parametrize("address", PUBLIC)
def test_a_host_on_the_internet_may_be_asked(address: str) -> None:
    assert is_public(address)
    assert public_address(HOST, lambda *_: [address]) == address


@pytest.mark.parametrize(
    ("kind", "address"), [(kind, address) for kind, found in PRIVATE.items() for address in found]
)
def test_nothing_else_may_be(kind: str, address: str) -> None:
    assert not is_public(address)
    for found in ([address], ["8.8.8.8", address]):  # whichever of several a connection would take
        with pytest.raises(RefusedAddressError, match="no host on the Internet"):
            public_address(HOST, lambda *_, found=found: found)


def test_a_public_address_in_its_ipv6_form_is_as_good() -> None:
    assert is_public("::ffff:8.8.8.8")


def test_a_name_without_an_address_is_refused() -> None:
    with pytest.raises(RefusedAddressError, match="no address"):
        public_address(HOST, lambda *_: [])
