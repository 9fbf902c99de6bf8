"""Ports to listen on: taken before anything else is started, or free ones for other programs."""

import errno
import random
import socket
import sys

from local.errors import StackError

# Below what Linux (32768) and macOS (49152) choose from for outgoing connections.
_OWN_PORTS = range(20_000, 32_000)

_reserved: list[socket.socket] = []  # until this process ends


def listen(host: str, port: int) -> socket.socket:
    """Take the public port.

    Connections wait in its backlog until the stack is ready.

    Raises
    ------
    StackError
        The port is taken or may not be used; the message says how to choose another.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    try:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind((host, port))
        taken.listen(1024)
    except OSError as error:
        taken.close()
        if error.errno == errno.EADDRINUSE:
            raise StackError(
                f"Port {port} is taken by another program. Choose another one with --port."
            ) from None
        raise StackError(
            f"Cannot listen on {host} port {port}: {error.strerror}. See --host and --port."
        ) from error
    taken.setblocking(False)
    return taken


def listen_internally() -> socket.socket:
    """Take any free port of loopback."""
    return listen("127.0.0.1", 0)


def free_port() -> int:
    """Return a port of loopback that was free a moment ago; another program may take it before you do.

    It is none of those that systems give to outgoing connections, of which one could have it at any moment,
    also while a server that listened there is started again.
    """
    with _bound() as probe:
        return _port_of(probe)


def reserve_port() -> int:
    """Return a free port of loopback that :func:`free_port` gives to nobody else while this process runs.

    Servers that set ``SO_REUSEADDR`` can listen there, one after the other. Only on Linux is it kept between
    them: elsewhere a server cannot share the port with whoever keeps it.
    """
    keeper = _bound()
    port = _port_of(keeper)
    if sys.platform == "linux":
        # After the binding, so that no other keeper gets it; without listening, so that a server can.
        keeper.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        _reserved.append(keeper)
    else:
        keeper.close()
    return port


def _bound() -> socket.socket:
    """Return a socket that is bound to a free port of ours."""
    for port in random.SystemRandom().sample(_OWN_PORTS, len(_OWN_PORTS)):
        taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            taken.bind(("127.0.0.1", port))
        except OSError:
            taken.close()
        else:
            return taken
    raise StackError(f"No port between {_OWN_PORTS[0]} and {_OWN_PORTS[-1]} is free.")


def _port_of(taken: socket.socket) -> int:
    port: int = taken.getsockname()[1]
    return port
