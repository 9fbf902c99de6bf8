"""Connections to addresses that were checked, and work that ends in time whatever the other side does."""

import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Generic, TypeVar

from chalicelib.adapters.outside.addresses import Endpoint, Resolve, public_address

T = TypeVar("T")


class TooSlowError(Exception):
    """Something took longer than it may; the message says how long that is."""


def connect(
    endpoint: Endpoint,
    seconds: float,
    tls: Callable[[], ssl.SSLContext],
    resolver: Resolve,
    *,
    loopback: bool = False,
) -> socket.socket:
    """Return a connection to an address that was checked: the name is for the certificate alone.

    Raises
    ------
    RefusedAddressError, OSError
    """
    address = public_address(endpoint, resolver, loopback=loopback)
    connected = socket.create_connection((address, endpoint.port), seconds)
    if endpoint.scheme == "http":
        return connected
    try:
        return tls().wrap_socket(connected, server_hostname=endpoint.host)
    except BaseException:
        connected.close()
        raise


class Visit(Generic[T]):
    """Work with another host, in a thread that can be left when the time is over.

    A timeout of a socket begins anew with each byte, and looking up a name has none.
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._seconds = seconds
        self._found: list[T] = []
        self._error: Exception | None = None
        self._socket: socket.socket | None = None

    def result(self, work: Callable[[], T]) -> T:
        """Return what the work finds in time, or raise what it raises or `TooSlowError`."""
        thread = threading.Thread(target=self._run, args=(work,), daemon=True)
        thread.start()
        thread.join(self._seconds)
        if thread.is_alive():
            self._end = 0.0
            if self._socket is not None:
                with suppress(OSError):
                    self._socket.shutdown(socket.SHUT_RDWR)  # wakes the thread, which then ends
            raise self._late()
        if isinstance(self._error, TimeoutError):
            self.left()  # the socket's timeout, just before ours: one reason, whichever of the two was first
        if self._error is not None:
            raise self._error
        return self._found[0]

    def uses(self, connected: socket.socket) -> socket.socket:
        """Return a connection of the work, which is cut when the time is over."""
        self._socket = connected
        self.left()  # whoever does not wait any longer has not seen this connection
        return connected

    def left(self) -> float:
        """Return how many seconds are left, or raise `TooSlowError`."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise self._late()
        return left

    def _late(self) -> TooSlowError:
        return TooSlowError(f"it took longer than {self._seconds:g} s")

    def _run(self, work: Callable[[], T]) -> None:
        try:
            self._found.append(work())
        except Exception as error:  # noqa: BLE001 # raised by `result`, in the thread that wants to know
            self._error = error
