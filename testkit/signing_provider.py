"""A sign-in provider (OpenID Connect) that also does what no honest provider does, over real HTTP."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwk, jwt

CLIENT_ID = "undertone"
Json = dict[str, Any]


class SigningProvider:
    """Answers every request to sign in as one person at once.

    Attributes
    ----------
    claims
        What the ID token says beside what it must; a value of None leaves the claim out.
    person
        What the endpoint `userinfo` tells.
    algorithm
        How the ID token is signed.
    key
        What it is signed with; ``published`` are the keys that it shows.
    silent
        Answer nothing but 503.
    refuse
        The error with which browsers come back, if any.
    repeat
        Send browsers back with the code that was used last.
    asked
        How often each path was asked.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.client_secret = ""
        self.claims: Json = {}
        self.person: Json = {"sub": "u-1"}
        self.algorithm = "RS256"
        self.key: Any = jwk.RSAKey.generate_key(2048, {"kid": "first", "use": "sig"})
        self.published: list[Json] = [self.key.as_dict(private=False)]
        self.metadata: Json = {}
        self.token_answer: tuple[int, bytes] | None = None
        self.silent = False
        self.refuse = ""
        self.repeat = False
        self.asked: Counter[str] = Counter()
        self.requests: list[tuple[str, dict[str, str], dict[str, str]]] = []
        self._codes: dict[str, dict[str, str]] = {}
        self.used: list[str] = []

    def rotate(self, kid: str = "second") -> None:
        """Sign with a new key, and show it alone."""
        self.key = jwk.RSAKey.generate_key(2048, {"kid": kid, "use": "sig"})
        self.published = [self.key.as_dict(private=False)]

    def authorize(self, asked: dict[str, str]) -> str:
        """Return the address to which a browser is sent back."""
        answer = {"state": asked["state"]}
        if self.refuse:
            answer["error"] = self.refuse
        elif self.repeat:
            answer["code"] = self.used[-1]
        else:
            answer["code"] = code = secrets.token_urlsafe(16)
            self._codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode(answer)}"

    def code(self, verifier: str, nonce: str, redirect_uri: str) -> str:
        """Return a code, as after a visit of a browser."""
        digest = hashlib.sha256(verifier.encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        asked = {"state": "s", "redirect_uri": redirect_uri, "nonce": nonce, "code_challenge": challenge}
        return parse_qs(urlsplit(self.authorize(asked)).query)["code"][0]

    def answer(self, path: str, form: dict[str, str], headers: dict[str, str]) -> tuple[int, bytes]:
        """Return status and body of an answer."""
        self.asked[path] += 1
        self.requests.append((path, form, headers))
        if self.silent:
            return 503, b"down for maintenance"
        if path == "/token" and self.token_answer is not None:
            return self.token_answer
        status, body = self._answer(path, form)
        return status, json.dumps(body).encode()

    def _answer(self, path: str, form: dict[str, str]) -> tuple[int, Json]:
        if path == "/.well-known/openid-configuration":
            here = {f"{name}_endpoint": f"{self.address}/{name}" for name in ("authorization", "userinfo")}
            further = {"token_endpoint": f"{self.address}/token", "jwks_uri": f"{self.address}/jwks"}
            return 200, {"issuer": self.address, **here, **further, **self.metadata}
        if path == "/jwks":
            return 200, {"keys": self.published}
        if path == "/userinfo":
            return 200, self.person
        if path == "/token":
            return self._exchange(form)
        return 404, {}

    def _exchange(self, form: dict[str, str]) -> tuple[int, Json]:
        asked = self._codes.pop(form["code"], None)
        self.used.append(form["code"])
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            asked is None
            or challenge != asked["code_challenge"]
            or form["redirect_uri"] != asked["redirect_uri"]
        ):
            return 400, {"error": "invalid_grant"}
        return 200, {
            "access_token": "an access token",
            "token_type": "Bearer",
            "id_token": self.token(asked["nonce"]),
        }

    def token(self, nonce: str) -> str:
        """Return a signed ID token."""
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT_ID, "sub": "u-1", "iat": now, "exp": now + 300}
        full = {**claims, "nonce": nonce, "name": "Ada", **self.claims}
        header = {"alg": self.algorithm, "kid": self.key.kid}
        told = {name: value for name, value in full.items() if value is not None}
        return jwt.encode(header, told, self.key, algorithms=[self.algorithm])


class _Handler(BaseHTTPRequestHandler):
    provider: SigningProvider

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        if path != "/authorization":
            self._respond(*self.provider.answer(path, {}, dict(self.headers)))
            return
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        self.provider.asked[path] += 1
        self.provider.requests.append((path, asked, dict(self.headers)))
        self.send_response(302)
        self.send_header("Location", self.provider.authorize(asked))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self) -> None:
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(text).items()}
        self._respond(*self.provider.answer(self.path, form, dict(self.headers)))

    def _respond(self, status: int, body: bytes) -> None:
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", f"{self.provider.address}/jwks")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 - its name in the base class
        """Say nothing."""


@contextmanager
def signing_provider() -> Iterator[SigningProvider]:
    """Run a provider on a free port of this machine for the time of a `with` block."""

    class Handler(_Handler):
        pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    Handler.provider = SigningProvider(f"http://127.0.0.1:{server.server_port}")
    running = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    running.start()
    try:
        yield Handler.provider
    finally:
        server.shutdown()
        server.server_close()
        running.join()
