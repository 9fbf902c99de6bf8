"""What the stack needs of an emulator of DynamoDB and S3, and which ones there are.

Another one is a file beside `ministack.py` and a line in `STORAGES`.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from local.emulator.ministack import MiniStack


class Storage(Protocol):
    """DynamoDB and S3 for the time of a stack, with their state in its directory."""

    @property
    def url(self) -> str:
        """Return the endpoint, once it was started."""

    async def start(self) -> None:
        """Start it and wait until it answers.

        Raises
        ------
        StackError
            It did not start; the message says where to look.
        """

    async def apply(self, template: Path, parameters: Mapping[str, str], stack: str) -> dict[str, str]:
        """Make the tables and buckets of a CloudFormation template exist; return the stack's outputs.

        Raises
        ------
        StackError
            The template or a parameter is wrong, or a resource was refused.
        """

    async def watch(self) -> None:
        """Wait until it ends by itself.

        Raises
        ------
        StackError
            It has ended: without it there is no storage.
        """

    async def stop(self) -> None:
        """Stop it and wait until it has saved its state; does nothing if it was not started."""


STORAGES: Mapping[str, Callable[[Path, str], Storage]] = {"ministack": MiniStack}
"""By the name that `--storage` takes, what makes it from a state directory and a region."""
