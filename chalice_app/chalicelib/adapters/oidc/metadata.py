"""What a provider says of itself: OpenID Connect Discovery."""

from typing import NamedTuple

from chalicelib.adapters.oidc.http import ProviderError, ProviderHttp, check_address

WELL_KNOWN = "/.well-known/openid-configuration"


class Metadata(NamedTuple):
    """Where the provider's endpoints are, and how a client with a secret proves itself."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None
    secret_in_header: bool


def discover(http: ProviderHttp, issuer: str) -> Metadata:
    """Ask a provider for its metadata.

    Raises
    ------
    ProviderError
        There are none at the issuer's address, they are another issuer's, or an endpoint is missing.
    """
    found = http.get(issuer.rstrip("/") + WELL_KNOWN)
    if found.get("issuer") != issuer:
        raise ProviderError(
            f"the provider calls itself {found.get('issuer')!r}; the issuer here is {issuer!r}"
        )

    def endpoint(name: str) -> str:
        value = found.get(name)
        if not isinstance(value, str):
            raise ProviderError(f"the metadata of {issuer} have no {name}")
        try:
            return check_address(value)
        except ValueError as error:
            raise ProviderError(f"{name} of {issuer}: {error}") from error

    # RFC 8414: a provider that says nothing takes the secret in a header.
    methods = found.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    return Metadata(
        endpoint("authorization_endpoint"),
        endpoint("token_endpoint"),
        endpoint("jwks_uri"),
        endpoint("userinfo_endpoint") if "userinfo_endpoint" in found else None,
        "client_secret_basic" in methods,
    )
