"""Serves the page in a thread of its own, on a free port of loopback."""

import asyncio
import threading
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, Self

from aiohttp import web

from deploy_extras import joining
from deploy_extras.content_security_policy import same_origin

SITE = Path(__file__).resolve().parents[3] / "static_site"
POLICY = same_origin()
WAIT_SECONDS = 40


class ThreadedSite:
    """The page with its headers; a subclass adds the service's routes."""

    def __init__(self) -> None:
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="fake-server", daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> Self:
        self._thread.start()
        if not self._ready.wait(WAIT_SECONDS):
            raise RuntimeError("The fake server did not start.")
        return self

    def stop(self) -> None:
        self._do(self._drop())
        self._do(self._runner.cleanup())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(WAIT_SECONDS)

    def _routes(self, app: web.Application) -> None:
        raise NotImplementedError

    async def _drop(self) -> None:
        raise NotImplementedError

    async def _index(self, request: web.Request) -> web.Response:
        return web.Response(text=joining.index(SITE), content_type="text/html")

    async def _script(self, request: web.Request) -> web.Response:
        return web.Response(text=joining.scripts(SITE)[request.path[1:]], content_type="text/javascript")

    async def _styles(self, request: web.Request) -> web.Response:
        return web.Response(text=joining.styles(SITE), content_type="text/css")

    @staticmethod
    async def _headers(request: web.Request, response: web.StreamResponse) -> None:
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["Cache-Control"] = "no-store"

    async def _serve(self) -> None:
        app = web.Application()
        app.on_response_prepare.append(self._headers)
        app.router.add_get("/", self._index)
        for path in joining.scripts(SITE):
            app.router.add_get(f"/{path}", self._script)
        app.router.add_get(f"/{joining.STYLES}", self._styles)
        self._routes(app)
        app.router.add_static("/", SITE)
        self._runner = web.AppRunner(app, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self._ready.set()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.run_forever()

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(WAIT_SECONDS)
