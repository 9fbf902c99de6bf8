"""The page as a deployment uploads it, on the scripted service: one can deploy another version meanwhile."""

import asyncio
from dataclasses import replace
from pathlib import Path

from aiohttp import web

from deploy_extras import site
from deploy_extras.release import deployment

from .fake_server import FakeServer


class DeployedServer(FakeServer):
    """Serves the files of a deployment, and notes what was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.silent_document = False
        self._files: dict[str, site.File] = {}

    def deploy(self, folder: Path = site.FOLDER, *, without: tuple[str, ...] = ()) -> None:
        """Serve the files of a folder as well, as if the upload of some (ends of paths) had not come yet."""
        files = {file.key: file for file in deployment(folder)}
        self._files |= {key: file for key, file in files.items() if not key.endswith(without)}

    @property
    def files(self) -> set[str]:
        """Return the paths of what was deployed."""
        return set(self._files)

    def serve(self, key: str, body: bytes) -> None:
        """Serve one file otherwise than the deployment has it."""
        self._files[key] = replace(self._files[key], body=body)

    async def _index(self, request: web.Request) -> web.Response:
        while self.silent_document:
            await asyncio.sleep(0.05)
        return self._answer_with("index.html", "")

    async def _file(self, request: web.Request) -> web.Response:
        path = request.match_info["path"]
        return self._answer_with(path, path)

    def _answer_with(self, key: str, asked: str) -> web.Response:
        self.asked.append(asked)
        file = self._files.get(key)
        if file is None:
            return web.Response(status=404)
        kind = file.content_type.split(";")[0]
        return web.Response(body=file.body, content_type=kind)

    def _routes(self, app: web.Application) -> None:
        super()._routes(app)
        app.router.add_get("/{path:.+}", self._file)
