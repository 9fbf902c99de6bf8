"""The static site, as a browser would get it from CloudFront and S3."""

import mimetypes
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aiohttp import web

from local.application import Application
from local.gateway.request_data import client_scheme

# The machine's own table may lack or misname these; a module script with a wrong type does not run.
_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
OWN_KEYS = ("websocketUrl", "restUrl", "version")
"""What `config.json` tells by itself."""

_HEADERS = {
    # Files change during development: the browser revalidates each time, and gets 304 if nothing changed.
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
}


class Site:
    """Files of one directory, and ``config.json``, which is made for each request."""

    def __init__(
        self,
        directory: Path | None,
        application: Application,
        version: str,
        headers: Mapping[str, str],
        config: Mapping[str, Any] | None = None,
    ) -> None:
        self._directory = directory.resolve() if directory else None
        self._application = application
        self._version = version
        self._headers = {**_HEADERS, **headers}
        self._config = dict(config or {})

    async def config(self, request: web.Request) -> web.Response:
        """Where the application's APIs are, as seen from the client's address, and what else is set."""
        addresses = self._application.addresses(f"{client_scheme(request)}://{request.host}")
        body = {**self._config, **addresses, "version": self._version}
        return web.json_response(body, headers={**self._headers, "Cache-Control": "no-store"})

    async def file(self, request: web.Request) -> web.StreamResponse:
        """A file of the site; ``/`` is ``index.html``."""
        found = self._find(request.match_info["path"] or "index.html")
        if found is None:
            return web.Response(
                status=404, text="There is no such file on this site.\n", headers=self._headers
            )
        kind = _TYPES.get(found.suffix.lower()) or mimetypes.guess_type(found.name)[0]
        text = kind is not None and (kind.startswith("text/") or kind == "application/json")
        full = f"{kind}; charset=utf-8" if text else kind or "application/octet-stream"
        return web.FileResponse(found, headers={**self._headers, "Content-Type": full})

    def _find(self, path: str) -> Path | None:
        """Return the file for a path; None if it is missing, hidden or outside the site."""
        if self._directory is None or any(part.startswith(".") for part in path.split("/")):
            return None
        try:
            candidate = (self._directory / path.lstrip("/")).resolve()
            inside = candidate.is_relative_to(self._directory)
            return candidate if inside and candidate.is_file() else None
        except (ValueError, OSError):
            return None  # a NUL in it, or longer than the file system can name
