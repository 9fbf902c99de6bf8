"""Give AWS clients of the application a local endpoint, whatever version of botocore it brings along.

botocore reads ``AWS_ENDPOINT_URL`` since version 1.31 (boto3 1.28) and can be told to ignore it. An explicit
endpoint beats the variable: Chalice's ``app.websocket_api`` and the samples of AWS give ``https://…`` to the
``apigatewaymanagementapi`` client. So every client is given its endpoint where all clients are made. botocore
is patched when the application imports it, and is not imported for it.
"""

import functools
import importlib.util
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from .aws_hosts import host_of, is_aws

_POSTS = "apigatewaymanagementapi"
# Whatever makes clients, by its module: aiobotocore overrides what botocore has.
_CREATORS = {"botocore.client": "ClientCreator", "aiobotocore.client": "AioClientCreator"}


class LocalEndpoints:
    """Knows the local endpoint of each service.

    Parameters
    ----------
    given
        Variables that the stack has set, for an application that removes them from its environment.
    """

    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = {name: value for name, value in given.items() if name.startswith("AWS_ENDPOINT_URL")}

    def of(self, service: str, service_id: str) -> str | None:
        """The endpoint that AWS's variables name for a service; None if they name none."""
        # https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
        own = "AWS_ENDPOINT_URL_" + service_id.replace(" ", "_").replace("-", "_").upper()
        for name in (own, "AWS_ENDPOINT_URL"):
            url = os.environ.get(name) or self._given.get(name)
            if url:
                return url
        return None

    def redirect(self, create_client: Callable[..., Any]) -> Callable[..., Any]:
        """Wrap ``ClientCreator.create_client``, which every session's ``client()`` ends in."""

        @functools.wraps(create_client)
        def wrapper(creator: Any, service_name: str, *args: Any, **kwargs: Any) -> Any:
            explicit = kwargs.get("endpoint_url")
            if explicit is None or _leads_to_aws(service_name, explicit):
                local = self.of(service_name, _service_id(creator, service_name))
                kwargs["endpoint_url"] = local or explicit
            return create_client(creator, service_name, *args, **kwargs)

        return wrapper


def _leads_to_aws(service: str, url: str) -> bool:
    # Nothing local speaks TLS: an https endpoint for posts can only mean the deployed API, whatever its name.
    return is_aws(host_of(url)) or (service == _POSTS and url.startswith("https://"))


def _service_id(creator: Any, service: str) -> str:
    """The id by which AWS names the service in variables; old models have none."""
    try:
        # The creator loads the same model next, and the loader keeps it.
        return str(creator._loader.load_service_model(service, "service-2")["metadata"]["serviceId"])
    except Exception:  # noqa: BLE001 - botocore itself will say what is wrong with the service
        return service


class PatchClients:
    """Import hook that patches what makes clients, right after its module was imported."""

    def __init__(self, endpoints: LocalEndpoints) -> None:
        self._endpoints = endpoints
        self._finding = ""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Answer for these modules alone, with the ordinary loader and one step after it."""
        if name not in _CREATORS or name == self._finding:
            return None
        self._finding = name
        try:
            spec = importlib.util.find_spec(name)
        finally:
            self._finding = ""
        if spec is None or spec.loader is None:
            return spec
        execute = spec.loader.exec_module

        def execute_and_patch(module: ModuleType) -> None:
            execute(module)
            creator = vars(module)[_CREATORS[name]]
            creator.create_client = self._endpoints.redirect(creator.create_client)

        spec.loader.exec_module = execute_and_patch  # type: ignore[method-assign]
        return spec


def install(given: Mapping[str, str]) -> None:
    """Redirect the clients of this process."""
    sys.meta_path.insert(0, PatchClients(LocalEndpoints(given)))
