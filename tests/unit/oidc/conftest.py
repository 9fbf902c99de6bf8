"""A provider over real HTTP, and the adapter that asks it."""

from collections.abc import Callable, Iterator

import pytest

from chalicelib.adapters.oidc import OidcProvider
from chalicelib.domain.sessions import CodeGrant
from testkit.signing_provider import CLIENT_ID, SigningProvider, signing_provider

from .moved_clock import MovedClock

VERIFIER = "v" * 43
HERE = "http://127.0.0.1:8080/"
Granted = Callable[..., CodeGrant]


@pytest.fixture
def provider() -> Iterator[SigningProvider]:
    with signing_provider() as running:
        yield running


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def adapter(provider: SigningProvider, clock: MovedClock) -> OidcProvider:
    return OidcProvider(clock, provider.address, CLIENT_ID)


@pytest.fixture
def granted(provider: SigningProvider) -> Granted:
    """Return a code as a browser brings it; ``nonce`` is the one that the page then tells."""

    def grant(nonce: str = "n-1", verifier: str = VERIFIER) -> CodeGrant:
        return CodeGrant(provider.code(VERIFIER, "n-1", HERE), verifier, HERE, nonce)

    return grant
