"""Signature Version 4 for many nearly equal requests.

Within a batch only the connection id differs, so what botocore computes for each request is computed
once here: botocore's own ``SigV4Auth`` writes the canonical request and the scope of one specimen, and
each further request is that specimen with its own path and payload hash.
Rules: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

import hashlib
import hmac
import time
from collections.abc import Sequence
from typing import Any, Protocol
from urllib.parse import quote, urlsplit

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest

SERVICE = "execute-api"
SIGNATURE_LIFETIME_SECONDS = 60.0
"""AWS accepts a signature for five minutes; a retry near the end of a batch must be well within."""
SPECIMEN = "specimen"
"""Placeholder for the connection id: unreserved characters only, so that quoting does not change it."""


class CredentialSource(Protocol):
    """botocore's credentials: each call returns a consistent set, refreshed if they expire."""

    def get_frozen_credentials(self) -> Any: ...


class Signer:
    """Make complete HTTP/1.1 requests, signed with the newest credentials."""

    def __init__(self, endpoint: str, credentials: CredentialSource, region: str) -> None:
        if credentials is None:
            raise ValueError("posting needs AWS credentials, and botocore found none in its usual places")
        self._endpoint = endpoint.rstrip("/")
        self._credentials = credentials
        self._region = region
        self._frozen: Any = None
        self._made_at = 0.0
        self._template: _Template | None = None

    def sign(self, frames: Sequence[bytes]) -> list["FrameSigner"]:
        """Return one signer for each frame, valid for the next minutes."""
        template = self._fresh_template()
        return [FrameSigner(template, frame) for frame in frames]

    def forget(self) -> None:
        """Sign with new credentials and a new time from now on: the last signature was refused."""
        self._template = None

    def _fresh_template(self) -> "_Template":
        frozen = self._credentials.get_frozen_credentials()
        now = time.time()
        # A frozen Lambda resumes with an old template, and a clock that was set may have gone back.
        stale = not 0 <= now - self._made_at < SIGNATURE_LIFETIME_SECONDS
        if self._template is None or stale or frozen != self._frozen:
            self._template = _Template(self._endpoint, frozen, self._region)
            self._frozen, self._made_at = frozen, now
        return self._template


class _Template:
    """The parts of a signed request that do not depend on connection and frame."""

    def __init__(self, endpoint: str, frozen: Any, region: str) -> None:
        request = AWSRequest("POST", f"{endpoint}/@connections/{SPECIMEN}", data=b"")
        auth = SigV4Auth(frozen, SERVICE, region)
        auth.add_auth(request)
        del request.headers["Authorization"]
        specimen = auth.canonical_request(request).rpartition("\n")[0]
        start, _, end = specimen.partition(SPECIMEN)
        self.canonical_start, self.canonical_end = start, end + "\n"
        scope = auth.credential_scope(request)
        self.to_sign = f"AWS4-HMAC-SHA256\n{request.context['timestamp']}\n{scope}\n".encode()
        self.key = _day_key(frozen.secret_key, scope)

        url = urlsplit(endpoint)
        self.head_start = f"POST {url.path}/@connections/".encode()
        signed = auth.signed_headers(auth.headers_to_sign(request))
        headers = "".join(f"{name}: {value}\r\n" for name, value in request.headers.items())
        self.head_end = (
            f" HTTP/1.1\r\nHost: {auth.headers_to_sign(request)['host']}\r\n{headers}"
            f"Authorization: AWS4-HMAC-SHA256 Credential={auth.scope(request)}, "
            f"SignedHeaders={signed}, Signature="
        ).encode()


def _day_key(secret: str, scope: str) -> bytes:
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key


class FrameSigner:
    """Make the requests that carry one frame to any connection."""

    __slots__ = (
        "_canonical_end",
        "_canonical_start",
        "_head_end",
        "_head_start",
        "_key",
        "_rest",
        "_to_sign",
        "size",
    )

    def __init__(self, template: _Template, frame: bytes) -> None:
        payload_hash = hashlib.sha256(frame).hexdigest()
        self.size = len(frame)
        self._canonical_start = template.canonical_start
        self._canonical_end = template.canonical_end + payload_hash
        self._to_sign = template.to_sign
        self._key = template.key
        self._head_start = template.head_start
        self._head_end = template.head_end
        self._rest = b"\r\nContent-Length: %d\r\n\r\n" % len(frame) + frame

    def request(self, quoted_id: str) -> bytes:
        """Return the bytes of the request for a connection id that ``quoted`` has prepared."""
        # SigV4 quotes the path of the URL, quoted as it already is, once more.
        path = quoted_id.replace("%", "%25")
        canonical = f"{self._canonical_start}{path}{self._canonical_end}".encode()
        to_sign = self._to_sign + hashlib.sha256(canonical).hexdigest().encode()
        signature = hmac.digest(self._key, to_sign, "sha256").hex()
        return b"".join(
            (self._head_start, quoted_id.encode(), self._head_end, signature.encode(), self._rest)
        )


def quoted(connection_id: str) -> str:
    """Return the connection id as one segment of a URL's path, quoted as botocore quotes it."""
    return quote(connection_id, safe="-._~")
