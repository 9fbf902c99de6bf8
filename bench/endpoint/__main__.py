"""``python -m bench.endpoint``: listens on a free port, prints it, and runs until its input ends."""

import asyncio
import sys

from bench.endpoint.server import Endpoint


async def _serve() -> None:
    endpoint = Endpoint()
    port = await endpoint.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    # Whoever started this process holds the other end: it ends with them, however they end.
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.buffer.read)
    endpoint.stop()


if __name__ == "__main__":
    asyncio.run(_serve())
