"""Ports that are chosen for servers of this machine."""

import socket
import sys

import pytest

from local.ports import free_port, listen, reserve_port


def test_a_free_port_can_be_listened_on() -> None:
    port = free_port()
    with listen("127.0.0.1", port) as server:
        assert server.getsockname() == ("127.0.0.1", port)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a server share a port with its keeper")
def test_a_reserved_port_stays_for_one_server_after_the_other() -> None:
    port = reserve_port()
    for _ in range(2):
        with listen("127.0.0.1", port), socket.create_connection(("127.0.0.1", port)):
            pass
        # What `free_port` does to find out whether a port is free.
        with socket.socket() as probe, pytest.raises(OSError, match="in use"):
            probe.bind(("127.0.0.1", port))
