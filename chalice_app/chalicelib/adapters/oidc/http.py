"""Requests to a sign-in provider: bounded in time and size, without redirects, encrypted but on loopback."""

import ipaddress
import json
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

import urllib3
from urllib3.exceptions import HTTPError

CONNECT_SECONDS = 2.0
READ_SECONDS = 5.0
"""All requests of a sign-in together stay below the 15 s of the function."""
MAX_ANSWER_BYTES = 256 * 1024


class ProviderError(Exception):
    """The provider did not answer, or not as OpenID Connect says; the message is for the log."""


class Answer(NamedTuple):
    """The status of an answer and its JSON object, empty if it had none."""

    status: int
    body: dict[str, Any]


def check_address(address: str) -> str:
    """Return an address to which secrets may be sent, or raise `ValueError`."""
    parts = urlsplit(address)
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and _loopback(parts))):
        raise ValueError(f"{address!r} must begin with https://, or http:// on this machine (127.0.0.1)")
    if parts.fragment or parts.username is not None:
        raise ValueError(f"{address!r} must have neither a fragment nor a user name")
    return address


class ProviderHttp:
    """Asks a provider for JSON."""

    def __init__(self) -> None:
        self._pool = urllib3.PoolManager(
            timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS), retries=False
        )

    def get(self, address: str, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Return the JSON object at an address.

        Raises
        ------
        ProviderError
            There was no answer, or another one than 200 with a JSON object.
        """
        answer = self._ask("GET", address, headers or {}, None)
        if answer.status != 200 or not answer.body:
            raise ProviderError(f"{address} answered {answer.status}; 200 and a JSON object were expected")
        return answer.body

    def post(self, address: str, form: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        """Return the answer to a form; raise `ProviderError` if there was none."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", address, {**headers, **kind}, urlencode(form))

    def _ask(self, method: str, address: str, headers: Mapping[str, str], body: str | None) -> Answer:
        try:
            check_address(address)
            response = self._pool.request(
                method,
                address,
                body=body,
                # An answer that is not compressed is as large as it seems.
                headers={"Accept": "application/json", "Accept-Encoding": "identity", **headers},
                redirect=False,
                preload_content=False,
            )
            try:
                text = response.read(MAX_ANSWER_BYTES + 1, decode_content=False)
            finally:
                response.close()
        except (HTTPError, OSError, ValueError) as error:
            raise ProviderError(f"{address} could not be asked: {error}") from error
        if len(text) > MAX_ANSWER_BYTES:
            raise ProviderError(f"{address} answered with more than {MAX_ANSWER_BYTES} bytes")
        return Answer(response.status, _object(text))


def _object(text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _loopback(parts: Any) -> bool:
    host = parts.hostname
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
