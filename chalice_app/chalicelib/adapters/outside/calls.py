"""The ports of calling bots: signed requests to checked addresses alone, bounded in time and size."""

import json
import logging
import ssl
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from functools import cached_property
from http.client import HTTPConnection, HTTPException
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib import __version__
from chalicelib.adapters.aws import Aws
from chalicelib.adapters.outside.addresses import (
    Endpoint,
    RefusedAddressError,
    Resolve,
    parse_address,
    resolve,
)
from chalicelib.adapters.outside.connecting import TooSlowError, Visit, connect
from chalicelib.domain.webhooks import Call, Webhook, signed
from chalicelib.errors import Invalid, Unavailable
from chalicelib.protocol.calls import call_body
from chalicelib.service.ports import Clock
from chalicelib.service.webhook_ports import CallAnswer, CallFailedError

logger = logging.getLogger(__name__)

MAX_URL_LENGTH = 1024
MAX_ANSWER_BYTES = 64 * 1024
_TOO_MANY_REQUESTS, _TIMEOUT, _FIRST_FAULT = 429, 408, 500
# Who waits for a call has the function for REST for 15 s. It is not repeated: the bot may have been called.
_INVOCATION = Config(
    connect_timeout=1, read_timeout=12, retries={"mode": "standard", "total_max_attempts": 1}
)


class WebhookCaller:
    """The port `Caller`.

    ``loopback`` allows servers on this machine; ``trusted`` is who signs certificates, the usual authorities
    unless tests say otherwise.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        loopback: bool = False,
        resolver: Resolve = resolve,
        trusted: Callable[[], ssl.SSLContext] = ssl.create_default_context,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._clock = clock
        self._loopback = loopback
        self._resolver = resolver
        self._trusted = trusted
        self.pause = sleep

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return self._trusted()

    def check(self, url: str) -> None:
        self._parse(url)

    def call(self, webhook: Webhook, call: Call, seconds: float) -> CallAnswer:
        body = call_body(call)
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json, text/plain",
            "Accept-Encoding": "identity",
            "Connection": "close",
            "User-Agent": f"Undertone/{__version__}",
            **signed(webhook.secret, call.id, self._clock.now() // 1000, body),
        }
        visit = Visit[CallAnswer](seconds)
        try:
            endpoint = self._parse(webhook.url)
            return visit.result(lambda: self._post(visit, endpoint, headers, body))
        except Invalid as error:
            raise CallFailedError(str(error), again=False) from error
        except RefusedAddressError as error:
            # Not the address: a bot's owner could look up the names of our networks.
            raise CallFailedError("its host is no host on the Internet", again=False) from error
        except TooSlowError as error:
            raise CallFailedError(str(error), again=True) from error
        except (HTTPException, OSError, ValueError) as error:
            logger.info("a bot was not reached", extra={"reason": str(error)[:300]})
            raise CallFailedError(f"it was not reached: {_plainly(error)}", again=True) from error

    def _post(
        self, visit: Visit[CallAnswer], endpoint: Endpoint, headers: Mapping[str, str], body: bytes
    ) -> CallAnswer:
        connection = HTTPConnection(endpoint.host, endpoint.port)
        connection.sock = connect(
            endpoint, visit.left(), lambda: self._tls, self._resolver, loopback=self._loopback
        )
        try:
            visit.uses(connection.sock)
            connection.request("POST", endpoint.path, body, {"Host": endpoint.netloc, **headers})
            with closing(connection.getresponse()) as response:
                # A redirect leads to an address that nobody chose.
                if not 200 <= response.status < 300:
                    again = response.status >= _FIRST_FAULT or response.status in (
                        _TOO_MANY_REQUESTS,
                        _TIMEOUT,
                    )
                    raise CallFailedError(f"it answered with status {response.status}", again=again)
                answer = response.read(MAX_ANSWER_BYTES + 1)
                given = response.headers.get("Content-Type")
                kind = response.headers.get_content_type() if given else ""
        finally:
            connection.close()
        if len(answer) > MAX_ANSWER_BYTES:
            raise CallFailedError(f"it answered more than {MAX_ANSWER_BYTES // 1024} KiB", again=False)
        return CallAnswer(kind, answer)

    def _parse(self, url: str) -> Endpoint:
        if len(url) <= MAX_URL_LENGTH and "#" not in url:
            try:
                return parse_address(url, ("https",), loopback=self._loopback)
            except RefusedAddressError:
                pass
        raise Invalid(
            "url must be an address of a host on the Internet that begins with https://, at the usual port, "
            f"without a user's name and a #, and of at most {MAX_URL_LENGTH} characters"
        )


class InvokedCalls:
    """The port `CallFunction`: invokes the function and waits."""

    def __init__(self, aws: Aws, function: str) -> None:
        self._aws = aws
        self._function = function

    @cached_property
    def _client(self) -> Any:
        return self._aws.client("lambda", _INVOCATION)

    def wait(self, event: Mapping[str, Any]) -> str:
        if not self._function:
            raise Unavailable("This chat calls no bots.")
        try:
            answer = self._client.invoke(FunctionName=self._function, Payload=json.dumps(event).encode())
            told = json.loads(answer["Payload"].read())
        except (ClientError, BotoCoreError, ValueError) as error:
            raise self._failed(str(error)) from error
        if answer.get("FunctionError") or not isinstance(told, dict):
            raise self._failed(f"it ended with {str(told)[:300]}")
        return str(told.get("problem", ""))

    def _failed(self, reason: str) -> Unavailable:
        logger.warning("%s could not be invoked", self._function, extra={"reason": reason})
        return Unavailable("The bot could not be called; try again.", retry_after=1)


def _plainly(error: Exception) -> str:
    """Return why a host was not reached, in words without a name or an address."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid ({error.verify_message})"
    if isinstance(error, ConnectionRefusedError):
        return "nobody listens at its address"
    if isinstance(error, TimeoutError):
        return "it did not answer in time"
    return "its host has no address, or the connection was closed"
