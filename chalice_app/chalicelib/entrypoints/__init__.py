"""What Lambda calls: events in, answers out; no rule of the chat lives here.

Each function of the application needs one of these modules, so each is imported when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chalicelib.entrypoints import (
        call,
        preview,
        purge,
        push,
        rest,
        rest_bots,
        rest_files,
        rest_house,
        rest_previews,
        rest_purges,
        rest_push,
        websocket,
    )

__all__ = [
    "call",
    "preview",
    "purge",
    "push",
    "rest",
    "rest_bots",
    "rest_files",
    "rest_house",
    "rest_previews",
    "rest_purges",
    "rest_push",
    "websocket",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(f"{__name__}.{name}")
