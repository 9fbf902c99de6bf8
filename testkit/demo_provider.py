"""A sign-in provider (oidc-provider-mock) with a few people, for tests and `make run OIDC=demo`.

``python -m testkit.demo_provider COMMAND …`` runs a command beside it that finds it in its environment.
"""

import logging
import os
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from testkit.child import exit_code, in_our_place

PORT = 9400
PEOPLE = {
    "ada": {"name": "Ada", "email": "ada@example.org", "email_verified": True},
    "grace": {"name": "Grace", "email": "grace@example.org", "email_verified": True},
    "mallory": {"name": "Mallory", "email": "mallory@elsewhere.example", "email_verified": True},
}
"""Who can be chosen: an admin, a member, and somebody who may not enter."""


def settings(address: str) -> dict[str, str]:
    """Return the settings of a chat whose people sign in at the provider."""
    return {
        "OIDC_ISSUER": address,
        "OIDC_CLIENT_ID": "undertone",
        "OIDC_CLIENT_SECRET": "any",  # it wants one, and takes every one
        "OIDC_LABEL": "the demo provider",
        "OIDC_MEMBERS": "@example.org",
        "OIDC_ADMINS": "ada@example.org",
    }


@contextmanager
def demo_provider(port: int = 0, token_age: timedelta = timedelta(hours=1)) -> Iterator[str]:
    """Run the provider in a thread for the time of a `with` block; yield its address."""
    # Else its OAuth library wants https, even on loopback.
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    import authlib.deprecate  # noqa: PLC0415 - this and the next read the variable

    with warnings.catch_warnings():
        # What the provider should import instead concerns its own authors.
        warnings.simplefilter("ignore", authlib.deprecate.AuthlibDeprecationWarning)
        from oidc_provider_mock import User, run_server_in_thread  # noqa: PLC0415

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    people = [User(sub=subject, claims=dict(claims)) for subject, claims in PEOPLE.items()]
    with run_server_in_thread(port, user_claims=people, access_token_max_age=token_age) as server:
        yield f"http://127.0.0.1:{server.server_port}"


def main(command: Sequence[str]) -> int:
    """Run the provider, and a command until it ends; return its exit code."""
    with demo_provider(int(os.environ.get("OIDC_PORT", PORT))) as address:
        sys.stdout.write(
            f"A sign-in provider runs at {address}: sign in there as ada (an admin) or grace; "
            "mallory is not admitted.\n"
        )
        sys.stdout.flush()
        with in_our_place(command, settings(address) | os.environ) as child:
            return exit_code(child)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
