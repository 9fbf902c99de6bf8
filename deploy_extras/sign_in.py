"""How people sign in, as `config.json` tells the page.

``python -m deploy_extras.sign_in`` prints it for the settings in the environment: `make run` serves it.
"""

import json
import os
import sys
from collections.abc import Mapping
from typing import Any

from chalicelib.errors import SettingsError
from chalicelib.settings import OidcSettings, name_is_enough
from deploy_extras.errors import DeployError

PARAMETERS = {
    "OIDC_ISSUER": "OidcIssuer",
    "OIDC_CLIENT_ID": "OidcClientId",
    "OIDC_CLIENT_SECRET": "OidcClientSecret",
    "OIDC_SCOPE": "OidcScope",
    "OIDC_LABEL": "OidcLabel",
    "OIDC_MEMBERS": "OidcMembers",
    "OIDC_ADMINS": "OidcAdmins",
    "OIDC_SESSION_HOURS": "OidcSessionHours",
    "NAME_SIGN_IN": "NameSignIn",
}
"""The settings of the functions that say how people sign in, and the template's parameters for them."""


def over(kept: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """Return the settings of a deployment: those that are given, and otherwise those that it has."""
    return {name: value for name, value in {**kept, **given}.items() if value}


def parameters(given: Mapping[str, str]) -> dict[str, str | None]:
    """Return the parameters for the stack; None keeps what it has."""
    return {parameter: given.get(name) for name, parameter in PARAMETERS.items()}


def described(
    settings: Mapping[str, str], *, access_code: bool = False, admin_code: bool = False
) -> dict[str, Any]:
    """Return `signIn` of `config.json`; the provider is asked where browsers go.

    Raises
    ------
    DeployError
        A setting is wrong, or the provider does not answer as OpenID Connect says.
    """
    try:
        chosen = OidcSettings.from_environ(settings)
        by_name = name_is_enough(settings, chosen)
    except SettingsError as error:
        raise DeployError(str(error)) from error
    return {
        "name": by_name,
        "accessCode": access_code,
        "adminCode": admin_code,
        "oidc": chosen and _provider(chosen),
    }


def _provider(chosen: OidcSettings) -> dict[str, str]:
    # Imported here: without a provider, `make run` need not wait for it.
    from chalicelib.adapters.clock import SystemClock  # noqa: PLC0415
    from chalicelib.adapters.oidc import OidcProvider  # noqa: PLC0415
    from chalicelib.adapters.oidc.http import ProviderError  # noqa: PLC0415

    provider = OidcProvider(SystemClock(), chosen.issuer, chosen.client_id)
    try:
        address = provider.authorization_endpoint()
    except ProviderError as error:
        raise DeployError(f"The provider of OIDC_ISSUER cannot be used: {error}.") from error
    return {
        "label": chosen.label,
        "authorizationEndpoint": address,
        "clientId": chosen.client_id,
        "scope": chosen.scope,
    }


def main() -> int:
    """Print it; return the exit code."""
    try:
        codes = {name: bool(os.environ.get(name.upper())) for name in ("access_code", "admin_code")}
        found = described(os.environ, **codes)
    except DeployError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{json.dumps(found, ensure_ascii=False)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
