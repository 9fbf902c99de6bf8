"""Callers of guarded routes: who they are said to be where nobody here can find out, and the API key."""

import json
from collections.abc import Mapping
from typing import Any

from local.application import Application, Authorizer
from local.errors import StackError

Identities = Mapping[str, dict[str, Any]]
"""Name of an authorizer to whom requests are taken to come from."""


def parse_identity(text: str) -> tuple[str, dict[str, Any]]:
    """Read what was typed after ``--identity``.

    Raises
    ------
    StackError
        It is not of the form NAME=JSON with an object.
    """
    name, separator, value = text.partition("=")
    try:
        identity = json.loads(value)
    except ValueError:
        identity = None
    if not name or not separator or not isinstance(identity, dict):
        raise StackError(
            f"--identity {text}: it must be the name of an authorizer, = and a JSON object, for example "
            """'people={"sub": "1", "email": "ada@example.org"}'"""
        )
    return name, identity


def check_identities(application: Application, identities: Identities) -> None:
    """Make sure that each identity belongs to an authorizer.

    Raises
    ------
    StackError
        There is none of that name; the message names those that there are.
    """
    known = {authorizer.name for authorizer in _guarded_routes(application)}
    for name in identities:
        if name not in known:
            there = ", ".join(sorted(known)) or "none"
            raise StackError(
                f"--identity {name}: the application has no authorizer of this name; it has: {there}"
            )


def guard_notes(application: Application, identities: Identities, api_key: str) -> list[str]:
    """What whoever starts the stack should know of guarded routes, as sentences."""
    said = []
    for authorizer, routes in _guarded_routes(application).items():
        listed = ", ".join(routes)
        if authorizer.name in identities:
            shown = json.dumps(identities[authorizer.name], ensure_ascii=False)
            said.append(f"everybody is {shown} for {authorizer.described}: {listed}")
        elif authorizer.function is None:
            said.append(
                f"{listed}: refused with 403, for {authorizer.described} cannot be asked here; "
                f"--identity '{authorizer.name}={{…}}' states who calls"
            )
    keyed = [
        f"{name} {path}"
        for path, methods in application.rest_routes.items()
        for name, method in methods.items()
        if method.api_key_required
    ]
    if keyed:
        said.append(f"the API key of {', '.join(keyed)} is {api_key} (header x-api-key)")
    return said


def _guarded_routes(application: Application) -> dict[Authorizer, list[str]]:
    guarded: dict[Authorizer, list[str]] = {}
    for path, methods in application.rest_routes.items():
        for name, method in methods.items():
            if method.authorizer is not None:
                guarded.setdefault(method.authorizer, []).append(f"{name} {path}")
    return guarded
