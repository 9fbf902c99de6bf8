"""What the use cases of calling bots need from the world."""

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from chalicelib.domain.webhooks import Call, Webhook


class Webhooks(Protocol):
    """Where bots are called, by the bot's id."""

    def keep(self, bot_id: str, webhook: Webhook) -> None:
        """Keep where a bot is called, in place of what was there."""

    def of(self, bot_id: str) -> Webhook | None:
        """Return where a bot is called."""

    def of_each(self, bot_ids: list[str]) -> dict[str, Webhook]:
        """Return where those of the bots are called that have an address; may be some moments old."""

    def drop(self, bot_id: str) -> bool:
        """Forget address and secret of a bot; False if there are none."""

    def failed(self, bot_id: str, url: str, at: int, problem: str) -> None:
        """Note that a call failed at a time (ms since the epoch), unless the address is another one now."""

    def answered(self, bot_id: str, url: str) -> None:
        """Forget that calls failed, unless the address is another one now."""


class CallFailedError(Exception):
    """A bot did not answer as it should; the message is for its owner.

    ``again`` says whether it may answer if it is called once more.
    """

    def __init__(self, problem: str, *, again: bool) -> None:
        super().__init__(problem)
        self.again = again


class CallAnswer(NamedTuple):
    """What a bot answered: its content type in lower case, without parameters, and the body."""

    kind: str
    body: bytes


class Caller(Protocol):
    """Reaches the addresses of bots."""

    def check(self, url: str) -> None:
        """Return if an address may be called; raise `Invalid` if not."""

    def call(self, webhook: Webhook, call: Call, seconds: float) -> CallAnswer:
        """Post to a bot's address, signed, and return what was answered with a status of success.

        Raises
        ------
        CallFailedError
        """

    def pause(self, seconds: float) -> None:
        """Wait before a call is repeated."""


class CallFunction(Protocol):
    """The function that calls bots, for somebody who waits for what becomes of it."""

    def wait(self, event: Mapping[str, Any]) -> str:
        """Return why a call failed, or an empty text.

        Raises
        ------
        Unavailable
            The function itself did not answer.
        """


class WebhookPorts(NamedTuple):
    """The three that belong together."""

    webhooks: Webhooks
    caller: Caller
    function: CallFunction
