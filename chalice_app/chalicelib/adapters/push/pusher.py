"""The port `Pusher`: requests to checked addresses alone, bounded in time and without redirects."""

import base64
import binascii
import logging
import ssl
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import cached_property

import urllib3
from urllib3.exceptions import HTTPError

from chalicelib.adapters.outside.addresses import (
    Endpoint,
    RefusedAddressError,
    Resolve,
    public_address,
    resolve,
)
from chalicelib.adapters.push.endpoints import parse_endpoint
from chalicelib.domain.pushing import Push, PushAddress, PushKeys
from chalicelib.errors import Invalid
from chalicelib.service.ports import Clock
from chalicelib.service.push_ports import Outcome, PushKeyStore

logger = logging.getLogger(__name__)

CONNECT_SECONDS = 2.0
READ_SECONDS = 4.0
ALL_SECONDS = 20.0
"""All pushes of a message together: whoever names a slow address keeps the function no longer."""

AT_ONCE = 16
KEPT_BY_SERVICE_SECONDS = 24 * 3600
_POINT_BYTES, _SECRET_BYTES = 65, 16
_GONE = (404, 410)


class WebPusher:
    """Pushes to browsers. `contact` is whom a push service may ask about us (https: or mailto:).

    ``loopback`` allows push services on this machine; ``trusted`` is who signs certificates, the usual
    authorities unless tests say otherwise.
    """

    def __init__(
        self,
        keys: PushKeyStore,
        clock: Clock,
        contact: str,
        *,
        loopback: bool = False,
        resolver: Resolve = resolve,
        trusted: Callable[[], ssl.SSLContext] = ssl.create_default_context,
        all_seconds: float = ALL_SECONDS,
    ) -> None:
        self._keys = keys
        self._clock = clock
        self._contact = contact
        self._loopback = loopback
        self._resolver = resolver
        self._trusted = trusted
        self._all_seconds = all_seconds

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return self._trusted()

    def check(self, address: PushAddress) -> None:
        parse_endpoint(address.endpoint, loopback=self._loopback)
        for name, value, length in (
            ("p256dh", address.p256dh, _POINT_BYTES),
            ("auth", address.auth, _SECRET_BYTES),
        ):
            if _length(value) != length:
                raise Invalid(f"keys.{name} must be {length} bytes in base64url, as the browser gave it")

    def push(self, pushes: Sequence[Push]) -> list[Outcome]:
        """Push to many at once; whatever has no answer when the time is over has failed."""
        keys = self._keys.keys({push.address.chat_key for push in pushes})
        pool = ThreadPoolExecutor(AT_ONCE)
        begun = [pool.submit(self._push, push, keys) for push in pushes]
        wait(begun, self._all_seconds)
        pool.shutdown(wait=False, cancel_futures=True)
        return [_outcome(one) for one in begun]

    def _push(self, push: Push, keys: PushKeys) -> Outcome:
        # Imported here: whoever only checks an address does without.
        from chalicelib.adapters.push.encryption import encrypted, proof  # noqa: PLC0415

        address = push.address
        key = keys.of(address.chat_key)
        if key is None:
            logger.info("a browser has a key of this chat that was replaced twice")
            return Outcome.GONE
        try:
            endpoint = parse_endpoint(address.endpoint, loopback=self._loopback)
            body = encrypted(push.payload, address)
        except (Invalid, ValueError):
            logger.warning("a browser's address or key is none", exc_info=True)
            return Outcome.GONE
        headers = {
            "Authorization": proof(key, endpoint.origin, self._contact, self._clock.now() // 1000),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "Host": endpoint.netloc,
            "TTL": str(KEPT_BY_SERVICE_SECONDS),
            "Urgency": "high",
        }
        try:
            status = self._post(endpoint, headers, body)
        except (HTTPError, OSError, RefusedAddressError):
            # Of the address only the host: who knows the rest of it may push.
            logger.warning("a push service was not reached", extra={"host": endpoint.host}, exc_info=True)
            return Outcome.FAILED
        if status in _GONE:
            return Outcome.GONE
        if 200 <= status < 300:
            return Outcome.SENT
        logger.warning("a push service refused", extra={"host": endpoint.host, "status": status})
        return Outcome.FAILED

    def _post(self, endpoint: Endpoint, headers: dict[str, str], body: bytes) -> int:
        """Return the status of the answer, of which nothing else is looked at."""
        address = public_address(endpoint, self._resolver, loopback=self._loopback)
        timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
        pool: urllib3.HTTPConnectionPool
        if endpoint.scheme == "https":
            # Connected to the address that was checked, and to no other: the name is for the certificate.
            pool = urllib3.HTTPSConnectionPool(
                address,
                endpoint.port,
                timeout=timeout,
                ssl_context=self._tls,
                server_hostname=endpoint.host,
                assert_hostname=endpoint.host,
            )
        else:
            pool = urllib3.HTTPConnectionPool(address, endpoint.port, timeout=timeout)
        with pool:
            response = pool.urlopen(
                "POST",
                endpoint.path,
                body=body,
                headers=headers,
                retries=False,
                redirect=False,
                preload_content=False,
            )
            response.close()
        return int(response.status)


def _outcome(begun: "Future[Outcome]") -> Outcome:
    if not begun.done() or begun.cancelled():
        return Outcome.FAILED
    try:
        return begun.result()
    except Exception:
        logger.exception("a push failed")
        return Outcome.FAILED


def _length(text: str) -> int:
    """Return how many bytes a base64url text has; -1 if it is none."""
    try:
        return len(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError):
        return -1
