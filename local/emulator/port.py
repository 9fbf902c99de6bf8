"""What the stack needs of an emulator of DynamoDB and S3. ``choice.py`` names those there are."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol


class Storage(Protocol):
    """DynamoDB and S3 for one run of the stack, made from a state directory and a region.

    The stack calls ``start``, then ``apply_template`` if it has a template, then ``watch``; and ``stop`` in
    any case, even if ``start`` failed or was cancelled half-way.
    """

    @property
    def url(self) -> str:
        """Endpoint of both services on loopback, for any AWS client; empty before ``start``."""

    async def start(self) -> None:
        """Start it and wait until it answers requests.

        Raises
        ------
        StackError
            It ended or did not answer in time; the message says where to find out why.
        """

    async def apply_template(
        self, template: Path, parameters: Mapping[str, str], *, stack: str
    ) -> dict[str, str]:
        """Create the tables and buckets of a CloudFormation template, or update them if they exist.

        Parameters
        ----------
        template
            The file, in YAML or JSON.
        parameters
            Values of the template's parameters by name.
        stack
            Name of the CloudFormation stack: the same name updates the same tables and buckets.

        Returns
        -------
        dict of str to str
            Outputs of the template by name, and those that ``storage_part`` adds to work out the variables
            of functions.

        Raises
        ------
        StackError
            The template or a parameter is wrong, or a resource could not be made; the message says why.
        """

    async def watch(self) -> None:
        """Wait for as long as it runs.

        Raises
        ------
        StackError
            It ended although nobody called ``stop``: without storage the stack cannot go on.
        """

    async def stop(self) -> None:
        """Stop it and wait until its data are saved. Does nothing if it does not run."""


MakeStorage = Callable[[Path, str], Storage]
"""Makes a storage from the stack's state directory and the region, without starting it."""
