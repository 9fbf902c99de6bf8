"""Let no request of the application reach AWS, by whatever library it is made.

Clients of boto3 and aiobotocore have local endpoints; this is for everything else, and for what has none.
"""

import errno

from .aws_hosts import is_aws, is_metadata

_RESOLVING = ("socket.getaddrinfo", "socket.gethostbyname")


class AwsIsOutsideError(RuntimeError):
    """The application calls AWS itself.

    It is no ``OSError``, because clients would take that for a network fault and try again for half a minute.
    """


def check(event: str, arguments: tuple[object, ...]) -> None:
    """Audit hook for sockets.

    Raises
    ------
    AwsIsOutsideError
        A name of AWS is looked up.
    ConnectionRefusedError
        A metadata service is called; Lambda has none either, and clients that look for credentials go on.
    """
    host = _host(event, arguments)
    if is_metadata(host):
        sentence = f"{host} is a metadata service of AWS, which neither Lambda nor the local stack has"
        raise ConnectionRefusedError(errno.ECONNREFUSED, sentence)
    if is_aws(host):
        raise AwsIsOutsideError(
            f"{host} is AWS itself, which the local stack keeps applications away from; clients of boto3 and "
            "aiobotocore find the local services by themselves, others by AWS_ENDPOINT_URL"
        )


def _host(event: str, arguments: tuple[object, ...]) -> str:
    """The host that an event of the socket module is about; empty if it is about none."""
    host: object = None
    if event in _RESOLVING:
        host = arguments[0]
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    if isinstance(host, bytes | bytearray):
        return host.decode("ascii", "replace")
    return host if isinstance(host, str) else ""
