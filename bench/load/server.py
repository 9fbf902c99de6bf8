"""Serves a deployment as CloudFront does: HTTP/2 and TLS, compressed, each file with its headers."""

import asyncio
import gzip
import socket
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from hypercorn.asyncio import serve
from hypercorn.config import Config

from deploy_extras.content_security_policy import same_origin
from deploy_extras.site import DOCUMENT, File
from testkit.certificate import Certificate

STOPPING_SECONDS = 5
Headers = list[tuple[bytes, bytes]]


class SiteServer:
    """The files of a deployment on a free port; `asked` has the path of each request."""

    def __init__(self, files: Sequence[File], certificate: Certificate) -> None:
        self._files = {file.key: _Served(file) for file in files}
        self._stopping = asyncio.Event()
        self._config = Config()
        self._config.certfile, self._config.keyfile = str(certificate.file), str(certificate.key_file)
        self._config.alpn_protocols = ["h2"]
        self._config.errorlog = None
        self.asked: list[str] = []
        self.port = 0

    async def __aenter__(self) -> Self:
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        self.port = listening.getsockname()[1]
        self._config.bind = [f"fd://{listening.detach()}"]
        self._serving = asyncio.create_task(
            serve(self._answer, self._config, shutdown_trigger=self._stopping.wait)
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        await asyncio.wait([self._serving], timeout=STOPPING_SECONDS)

    async def _answer(self, scope: Mapping[str, Any], _receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        path = str(scope["path"]).removeprefix("/")
        self.asked.append(path)
        served = self._files.get(path or DOCUMENT)
        known = dict(scope["headers"]).get(b"if-none-match")
        status, headers, body = served.answer(known) if served else (404, [], b"")
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})


class _Served:
    """A file with its headers and in its compressed form."""

    def __init__(self, file: File) -> None:
        self._etag = b'"%s"' % file.fingerprint.encode()
        self._body = gzip.compress(file.body)
        self._headers = [
            (b"content-type", file.content_type.encode()),
            (b"cache-control", file.cache_control.encode()),
            (b"content-security-policy", same_origin().encode()),
            (b"etag", self._etag),
        ]

    def answer(self, known: bytes | None) -> tuple[int, Headers, bytes]:
        """Return status, headers and body for a browser that has, or has not, a version of the file."""
        if known == self._etag:
            return 304, self._headers, b""
        size = str(len(self._body)).encode()
        coded = [(b"content-encoding", b"gzip"), (b"content-length", size)]
        return 200, [*self._headers, *coded], self._body
