"""The stack's command line with a second emulator: ``python -m tests.integration.local.moto_stack``."""

import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path

from moto.server import ThreadedMotoServer

from local.cli import main
from local.emulator.choice import STORAGES
from local.emulator.cloudformation import apply_template


class Moto:
    """Implements :class:`local.emulator.port.Storage` with moto, which keeps nothing."""

    def __init__(self, state: Path, region: str) -> None:
        self.url = ""
        self._region = region
        self._server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)

    async def start(self) -> None:
        self._server.start()
        host, port = self._server.get_host_and_port()
        self.url = f"http://{host}:{port}"

    async def apply_template(
        self, template: Path, parameters: Mapping[str, str], *, stack: str
    ) -> dict[str, str]:
        return await asyncio.to_thread(
            apply_template, template, parameters, stack=stack, url=self.url, region=self._region
        )

    async def watch(self) -> None:
        await asyncio.Event().wait()

    async def stop(self) -> None:
        if self.url:
            self._server.stop()


if __name__ == "__main__":
    STORAGES["moto"] = Moto
    sys.exit(main())
