"""Calling the bots that a message concerns, and posting what they answer."""

import json
import logging
import uuid

from chalicelib.domain.access import About, Act, check, is_direct_name
from chalicelib.domain.messages import Message, Quote, User
from chalicelib.domain.text import check_text
from chalicelib.domain.webhooks import Call, Press, Reason, Webhook
from chalicelib.errors import ChatError, Invalid, RateLimited
from chalicelib.metrics import Metric, Metrics
from chalicelib.service.identity_ports import Attempts, People
from chalicelib.service.ports import Clock, RoomLog
from chalicelib.service.quota import Quota
from chalicelib.service.room_ports import RoomRegister
from chalicelib.service.sending import QUOTE_LENGTH, Sending
from chalicelib.service.webhook_ports import CallAnswer, Caller, CallFailedError, Webhooks

logger = logging.getLogger(__name__)

CALL_SECONDS = 10.0
WATCHED_SECONDS = 8.0
"""How long a bot may take to answer, and how long if somebody waits for it on the page."""

PAUSES_SECONDS = (1.0, 5.0, 25.0)
"""What passes between the calls of one message, as long as they fail."""

PER_MINUTE = 60
# A bot's answer has an id of the message that it answers to, the same one however often it was called.
_NAMESPACE = uuid.UUID("0d6c1d0b-1f6e-4c61-9a0c-0f6a5f0a7a5e")


class BotCalls:
    """The use cases of the function that calls bots."""

    def __init__(
        self,
        log: RoomLog,
        register: RoomRegister,
        people: People,
        webhooks: Webhooks,
        caller: Caller,
        sending: Sending,
        attempts: Attempts,
        clock: Clock,
        metrics: Metrics,
    ) -> None:
        self._log = log
        self._register = register
        self._people = people
        self._webhooks = webhooks
        self._caller = caller
        self._sending = sending
        self._quota = Quota(attempts, clock, PER_MINUTE, 60)
        self._clock = clock
        self._metrics = metrics

    def call(self, bot_id: str, room: str, seq: int) -> None:
        """Call a bot with a message that mentions it or is in a direct room with it."""
        self._about(bot_id, room, seq, None)

    def press(self, bot_id: str, room: str, seq: int, press: Press) -> str:
        """Call a bot for a button of its message; return why that failed, or an empty text."""
        return self._about(bot_id, room, seq, press)

    def test(self, bot_id: str) -> str:
        """Call a bot without a message; return why that failed, or an empty text."""
        webhook, bot = self._webhooks.of(bot_id), self._bot(bot_id)
        if webhook is None or bot is None:
            return "it has no address, or its token has ended"
        try:
            self._caller.call(webhook, Call(str(uuid.uuid4()), "test", bot), WATCHED_SECONDS)
        except CallFailedError as error:
            return self._failed(bot, webhook, str(error))
        self._answered(bot, webhook)
        return ""

    def _about(self, bot_id: str, room: str, seq: int, press: Press | None) -> str:
        message, webhook, bot = self._log.message(room, seq), self._webhooks.of(bot_id), self._bot(bot_id)
        if message is None or message.deleted or webhook is None or webhook.is_off or bot is None:
            return "it is not called any more"
        try:
            about = self._check(bot, room, Act.READ)
            self._quota.count(f"call-{bot.id}", f"A bot is called at most {PER_MINUTE} times a minute.")
        except ChatError as error:
            if isinstance(error, RateLimited):
                self._metrics.count(Metric.BOT_CALLS_FAILED)
            logger.info("a bot was not called", extra={"bot": bot.id, "room": room, "reason": str(error)})
            return str(error)
        identifier = press.id if press else str(uuid.uuid5(_NAMESPACE, f"{bot.id} {room} {message.seq}"))
        reason: Reason = "press" if press else ("direct" if is_direct_name(room) else "mention")
        try:
            text = text_of(self._reached(webhook, Call(identifier, reason, bot, about, message, press)))
            if text is not None:
                self._post(bot, message, identifier, text)
        except CallFailedError as error:
            return self._failed(bot, webhook, str(error))
        except ChatError as error:
            problem = self._failed(bot, webhook, f"its answer was not posted: {error}")
            # It has answered: who mutes a bot in one room must not have it switched off in all of them.
            self._webhooks.answered(bot.id, webhook.url)
            return problem
        self._answered(bot, webhook)
        return ""

    def _reached(self, webhook: Webhook, call: Call) -> CallAnswer:
        """Return what a bot answers, called again as long as that may help and nobody waits for it."""
        if call.press is not None:
            return self._caller.call(webhook, call, WATCHED_SECONDS)
        for pause in PAUSES_SECONDS:
            try:
                return self._caller.call(webhook, call, CALL_SECONDS)
            except CallFailedError as error:
                if not error.again:
                    raise
            self._caller.pause(pause)
        return self._caller.call(webhook, call, CALL_SECONDS)

    def _post(self, bot: User, message: Message, identifier: str, text: str) -> None:
        quote = Quote(message.seq, message.user, message.text[:QUOTE_LENGTH])
        try:
            said = check_text(text)
        except Invalid as error:
            raise CallFailedError(f"its answer was not posted: {error}", again=False) from error
        # Once more, for the bot may have been muted or removed while it thought.
        self._check(bot, message.room, Act.WRITE)
        self._sending.post(bot, message.room, identifier, said, quote)

    def _check(self, bot: User, room: str, act: Act) -> About | None:
        facts = self._register.facts(room, bot.id, existence=True)
        check(act, "member", facts, self._clock.now())
        return facts.about

    def _bot(self, bot_id: str) -> User | None:
        """Return a bot whose token is still valid."""
        person = self._people.person(bot_id)
        return person.user if person and person.user.bot and self._people.sessions(bot_id) else None

    def _answered(self, bot: User, webhook: Webhook) -> None:
        self._metrics.count(Metric.BOT_CALLS_ANSWERED)
        if webhook.failures:
            self._webhooks.answered(bot.id, webhook.url)

    def _failed(self, bot: User, webhook: Webhook, problem: str) -> str:
        self._metrics.count(Metric.BOT_CALLS_FAILED)
        self._webhooks.failed(bot.id, webhook.url, self._clock.now(), problem)
        logger.info("a call of a bot failed", extra={"bot": bot.id, "problem": problem})
        return problem


def text_of(answer: CallAnswer) -> str | None:
    """Return what a bot wants to say: plain text, or the text of an object; None if it says nothing.

    Raises
    ------
    CallFailedError
        It is neither.
    """
    try:
        text = answer.body.decode()
        if not text.strip():
            return None
        if answer.kind == "text/plain":
            return text.strip()
        if answer.kind != "application/json":
            raise CallFailedError(
                f"it answered {answer.kind or 'without a content type'}: "
                'send application/json with {"text"}, text/plain, or nothing',
                again=False,
            )
        told = json.loads(text)
    except ValueError:
        raise CallFailedError("its answer is no JSON in UTF-8", again=False) from None
    said = told.get("text") if isinstance(told, dict) else told
    if said is not None and not isinstance(said, str):
        raise CallFailedError('its answer has no text: send {"text": "…"}', again=False)
    return said.strip() or None if said else None
