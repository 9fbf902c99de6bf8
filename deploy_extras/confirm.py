"""Asks before something that cannot be undone: whoever means it types the name of the stage."""

from collections.abc import Callable
from dataclasses import dataclass

from deploy_extras.errors import DeployError


@dataclass(frozen=True, slots=True)
class Confirmation:
    """How a command asks. ``yes`` is the stage's name if a script has confirmed in advance."""

    stage: str
    ask: Callable[[str], str] = input
    yes: str = ""

    def require(self, purpose: str) -> None:
        """Return if somebody confirms this purpose, such as "delete all messages".

        Raises
        ------
        DeployError
            It was not confirmed.
        """
        if self.yes:
            given, how = self.yes, f"YES is {self.yes!r}"
        else:
            try:
                given = self.ask(f"Type {self.stage} to {purpose}: ").strip()
            except EOFError:
                raise DeployError(
                    f"Nothing was changed: nobody can be asked here. To {purpose}, set YES={self.stage}."
                ) from None
            how = f"the confirmation was {given!r}"
        if given != self.stage:
            raise DeployError(f"Nothing was changed: {how} and not the stage's name, {self.stage}.")
