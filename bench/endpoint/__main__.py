"""``python -m bench.endpoint``: listen on a free port, print it, and run until the input ends."""

import asyncio
import sys

from bench.endpoint.server import Endpoint


async def _serve() -> None:
    endpoint = Endpoint()
    port = await endpoint.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    # The parent process holds the other end of the pipe, so this process ends with it in any case.
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.buffer.read)
    endpoint.stop()


if __name__ == "__main__":
    asyncio.run(_serve())
