"""The authorization code flow of OpenID Connect, the half that the service does."""

import logging
from base64 import b64encode
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus

from chalicelib.adapters.oidc.http import Answer, ProviderError, ProviderHttp, check_address
from chalicelib.adapters.oidc.metadata import Metadata, discover
from chalicelib.domain.admission import has
from chalicelib.domain.sessions import CodeGrant, ProvidedIdentity
from chalicelib.errors import AccessDenied, Unavailable
from chalicelib.service.ports import Clock

if TYPE_CHECKING:
    from joserfc.jwk import KeySet

logger = logging.getLogger(__name__)

CACHE_SECONDS = 3600
"""How long a provider's metadata and keys are used; a key that is withdrawn is trusted for no longer."""
REFETCH_SECONDS = 30
"""Tokens with unknown keys let the keys be fetched again, but not more often than this."""

SILENT = "The sign-in provider does not answer; try again in a moment."
MISCONFIGURED = "The sign-in provider does not accept this chat: tell whoever runs it."
USED = "This sign-in was used already, or is too old: sign in again."


class OidcProvider:
    """The port `IdentityProvider`, for any provider that publishes its metadata."""

    def __init__(self, clock: Clock, issuer: str, client_id: str, client_secret: str = "") -> None:
        self._clock = clock
        self._http = ProviderHttp()
        self._issuer = check_address(issuer)
        self._client_id = client_id
        self._client_secret = client_secret
        self._metadata: tuple[int, Metadata] | None = None
        self._keys: tuple[int, KeySet] | None = None
        self._refetched = -REFETCH_SECONDS

    def identity(self, grant: CodeGrant, wanted: frozenset[str]) -> ProvidedIdentity:
        """See `IdentityProvider`."""
        try:
            return self._identity(grant, wanted)
        except ProviderError as error:
            logger.exception("the sign-in provider failed")
            raise Unavailable(SILENT, retry_after=5) from error

    def authorization_endpoint(self) -> str:
        """Return where browsers go to sign in; raise `ProviderError` if the provider does not say it."""
        return self._discovered().authorization_endpoint

    def _identity(self, grant: CodeGrant, wanted: frozenset[str]) -> ProvidedIdentity:
        metadata = self._discovered()
        tokens = self._exchange(metadata, grant)
        claims = self._checked(metadata, tokens.get("id_token"), grant.nonce)
        if metadata.userinfo_endpoint and not all(has(claims, name) for name in wanted):
            claims = {**self._userinfo(metadata.userinfo_endpoint, tokens, claims["sub"]), **claims}
        return ProvidedIdentity(self._issuer, claims["sub"], claims)

    def _discovered(self) -> Metadata:
        now = self._seconds()
        if self._metadata is None or self._metadata[0] + CACHE_SECONDS <= now:
            self._metadata = (now, discover(self._http, self._issuer))
        return self._metadata[1]

    def _exchange(self, metadata: Metadata, grant: CodeGrant) -> dict[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": grant.code,
            "redirect_uri": grant.redirect_uri,
            "code_verifier": grant.verifier,
        }
        headers = {}
        if self._client_secret and metadata.secret_in_header:
            # RFC 6749, 2.3.1: both are encoded as in a form before they are joined.
            pair = f"{quote_plus(self._client_id)}:{quote_plus(self._client_secret)}"
            headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
        else:
            form["client_id"] = self._client_id
            if self._client_secret:
                form["client_secret"] = self._client_secret
        answer = self._http.post(metadata.token_endpoint, form, headers)
        if answer.status == 200 and answer.body:
            return answer.body
        raise _refusal(answer)

    def _checked(self, metadata: Metadata, token: object, nonce: str) -> dict[str, Any]:
        # Imported here: only this way of signing in needs the library, and it takes a tenth of a start.
        from chalicelib.adapters.oidc import id_token  # noqa: PLC0415

        if not isinstance(token, str):
            raise ProviderError("the answer of the token endpoint has no id_token: is openid in OIDC_SCOPE?")

        def check(keys: "KeySet") -> dict[str, Any]:
            return id_token.check(
                token,
                keys,
                issuer=self._issuer,
                client_id=self._client_id,
                nonce=nonce,
                now=self._seconds(),
            )

        try:
            try:
                return check(self._key_set(metadata))
            except id_token.UnknownKeyError:
                self._forget_keys()
                return check(self._key_set(metadata))
        except id_token.UnknownKeyError as error:
            logger.warning("an ID token was refused: %s", error)
            raise AccessDenied(_refused("it was not signed by this chat's provider")) from error
        except id_token.RefusedTokenError as error:
            logger.warning("an ID token was refused: %s", error)
            raise AccessDenied(_refused(str(error))) from error

    def _key_set(self, metadata: Metadata) -> "KeySet":
        from chalicelib.adapters.oidc.id_token import key_set  # noqa: PLC0415 - as above

        now = self._seconds()
        if self._keys is None or self._keys[0] + CACHE_SECONDS <= now:
            try:
                self._keys = (now, key_set(self._http.get(metadata.jwks_uri)))
            except ValueError as error:
                raise ProviderError(str(error)) from error
        return self._keys[1]

    def _forget_keys(self) -> None:
        """Let the keys be fetched again, if that has not just been done: the provider may have new ones."""
        now = self._seconds()
        if self._refetched + REFETCH_SECONDS <= now:
            self._refetched = now
            self._keys = None

    def _userinfo(self, address: str, tokens: dict[str, Any], subject: str) -> dict[str, Any]:
        """Return what the provider tells beside the ID token; nothing if it tells it of somebody else."""
        found = self._http.get(address, {"Authorization": f"Bearer {tokens.get('access_token', '')}"})
        # OpenID Connect Core 5.3.2: otherwise it may be another person's.
        return found if found.get("sub") == subject else {}

    def _seconds(self) -> int:
        return self._clock.now() // 1000


def _refusal(answer: Answer) -> Exception:
    problem = answer.body.get("error")
    if answer.status in (400, 401, 403) and problem == "invalid_grant":
        return AccessDenied(USED)
    if answer.status in (400, 401, 403) and isinstance(problem, str):
        logger.error("the token endpoint refuses this client: %r", problem[:80])
        return Unavailable(MISCONFIGURED)
    return ProviderError(f"the token endpoint answered {answer.status}; 200 and JSON were expected")


def _refused(why: str) -> str:
    return f"The provider's answer was not accepted, because {why}. Sign in again."
