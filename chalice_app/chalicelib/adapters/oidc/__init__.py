"""A sign-in provider that speaks OpenID Connect: who somebody is, from a code that their browser brings."""

from chalicelib.adapters.oidc.provider import OidcProvider

__all__ = ["OidcProvider"]
