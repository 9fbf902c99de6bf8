"""Send what the application posts to its WebSocket API to the local one. Python imports this file at start.

Chalice's ``app.websocket_api`` and the samples of AWS give the ``apigatewaymanagementapi`` client an explicit
``https://…`` endpoint, which beats the variable ``AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI``. Nothing local
speaks TLS, so an https endpoint of exactly this service can only mean the deployed API: it is replaced. The
alternative, a TLS proxy with a certificate of its own, would be far larger than this. botocore is patched
when the application imports it, and is not imported for it: cold starts stay honest.
"""

import functools
import importlib.util
import os
import sys
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

SERVICE = "apigatewaymanagementapi"
VARIABLE = "AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI"


def redirect(create_client: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap ``ClientCreator.create_client``, which every session's ``client()`` ends in."""

    @functools.wraps(create_client)
    def wrapper(self: Any, service_name: str, *args: Any, **kwargs: Any) -> Any:
        local = os.environ.get(VARIABLE)
        if local and service_name == SERVICE and str(kwargs.get("endpoint_url")).startswith("https://"):
            kwargs["endpoint_url"] = local
        return create_client(self, service_name, *args, **kwargs)

    return wrapper


class PatchBotocoreClient:
    """Import hook that patches ``botocore.client`` once, right after it was imported."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Answer for ``botocore.client`` alone, with the ordinary loader and one step after it."""
        if name != "botocore.client":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec is None or spec.loader is None:
            return spec
        execute = spec.loader.exec_module

        def execute_and_patch(module: ModuleType) -> None:
            execute(module)
            creator = vars(module)["ClientCreator"]
            creator.create_client = redirect(creator.create_client)

        spec.loader.exec_module = execute_and_patch  # type: ignore[method-assign]
        return spec


sys.meta_path.insert(0, PatchBotocoreClient())
