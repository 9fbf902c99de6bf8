"""Where the bots of somebody are called, as their owner decides; and buttons that people press."""

import uuid
from collections.abc import Callable

from chalicelib.domain.access import Act
from chalicelib.domain.buttons import buttons_of
from chalicelib.domain.sessions import Session
from chalicelib.domain.webhooks import Webhook, new_secret
from chalicelib.errors import Conflict, NotFound, Unavailable
from chalicelib.service.bots import Bots
from chalicelib.service.identity_ports import Attempts
from chalicelib.service.keeping import RoomKeeping
from chalicelib.service.ports import Clock, RoomLog
from chalicelib.service.quota import Quota
from chalicelib.service.webhook_ports import WebhookPorts

WINDOW_SECONDS = 60
TRIES = 10
PRESSES = 30
"""How often somebody may try their bots, and press buttons, in a window."""


class WebhookKeeping:
    """The use cases of a bot's owner, and of who presses a button."""

    def __init__(
        self,
        ports: Callable[[], WebhookPorts],
        bots: Bots,
        log: RoomLog,
        keeping: RoomKeeping,
        attempts: Attempts,
        clock: Clock,
    ) -> None:
        self._ports = ports
        self._bots = bots
        self._log = log
        self._keeping = keeping
        self._tries = Quota(attempts, clock, TRIES, WINDOW_SECONDS)
        self._presses = Quota(attempts, clock, PRESSES, WINDOW_SECONDS)

    def of_each(self, bot_ids: list[str]) -> dict[str, Webhook]:
        """Return where these bots are called, if they have an address."""
        return self._ports().webhooks.of_each(bot_ids) if bot_ids else {}

    def put(self, session: Session, bot_id: str, url: str) -> Webhook:
        """Have a bot of the asker called at an address, with a new secret."""
        self._bots.check_owner(session, bot_id)
        ports = self._ports()
        ports.caller.check(url)
        webhook = Webhook(url, new_secret())
        ports.webhooks.keep(bot_id, webhook)
        return webhook

    def drop(self, session: Session, bot_id: str) -> None:
        """Have a bot of the asker called no longer."""
        self._bots.check_owner(session, bot_id)
        if not self._ports().webhooks.drop(bot_id):
            raise NotFound("This bot has no address.")

    def test(self, session: Session, bot_id: str) -> str:
        """Call a bot of the asker once; return why that failed, or an empty text."""
        self._bots.check_owner(session, bot_id)
        if self._ports().webhooks.of(bot_id) is None:
            raise NotFound("This bot has no address.")
        self._tries.count(f"try-{session.user.id}", f"You can try your bots {TRIES} times a minute.")
        return self._ports().function.wait({"bot": bot_id, "test": True})

    def press(self, session: Session, room: str, seq: int, value: str) -> None:
        """Call the bot that wrote a message, for a button of that message.

        Raises
        ------
        NotFound
            The asker may not read the message, or it has no such button.
        Conflict
            Its bot has no address, or does not answer for so long that it is not called.
        Unavailable
            The bot did not answer.
        """
        self._keeping.facts(session, room, Act.RESPOND)
        message = self._log.message(room, seq)
        values = {one.value for one in buttons_of(message.text)} if message and message.user.bot else set()
        if message is None or message.deleted or value not in values:
            raise NotFound(f"Message {seq} in {room} has no button {value!r} of a bot.")
        bot, webhook = message.user, self._ports().webhooks.of(message.user.id)
        if webhook is None or webhook.is_off:
            raise Conflict(f"{bot.name} cannot be called: its owner has to set its address.")
        self._presses.count(f"press-{session.user.id}", f"You can press {PRESSES} buttons a minute.")
        who = {"id": session.user.id, "name": session.user.name, "bot": session.user.bot}
        press = {"id": str(uuid.uuid4()), "value": value, "user": who}
        if self._ports().function.wait({"bot": bot.id, "room": room, "seq": seq, "press": press}):
            raise Unavailable(f"{bot.name} did not answer. Try again later.", retry_after=5)
