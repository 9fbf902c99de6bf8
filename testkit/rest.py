"""REST calls on a `World`, through the application's own routes: no server, no socket."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from chalice.test import Client

import app as application
from chalicelib import wiring
from chalicelib.entrypoints import bot_routes, people_routes
from testkit.world import World

_MODULES: tuple[Any, ...] = (application, people_routes, bot_routes)
JSON = {"Content-Type": "application/json"}


def routes() -> set[str]:
    """Return every route as its method and path."""
    return {f"{method} {path}" for path, methods in application.app.routes.items() for method in methods}


class Rest:
    """Calls the routes of a world's chat; `headers` are those of the last answer."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._client = Client(application.app)
        self.headers: Mapping[str, str] = {}

    def call(
        self, method: str, path: str, token: str | None = None, body: Mapping[str, Any] | None = None
    ) -> tuple[int, Any]:
        """Return the status and the body of an answer."""
        headers = JSON | ({} if token is None else {"Authorization": f"Bearer {token}"})
        sent = b"" if body is None else json.dumps(body).encode()
        with _serving(self._world):
            answer = self._client.http.request(method, path, headers=headers, body=sent)
        self.headers = answer.headers
        return answer.status_code, answer.json_body


@contextmanager
def _serving(world: World) -> Iterator[None]:
    """Let the routes serve a world's chat in place of the process's own."""
    honest = wiring.chat
    for module in _MODULES:
        module.chat = lambda event=None: world.chat
    try:
        yield
    finally:
        for module in _MODULES:
            module.chat = honest
