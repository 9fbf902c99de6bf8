"""moto as a program, with a fix for API Gateway. It prints its address and serves until it is terminated."""

import signal
from typing import Any

from moto.apigateway.models import APIGatewayBackend
from moto.server import ThreadedMotoServer

_INTEGRATION = "x-amazon-apigateway-integration"


def _for_moto(document: dict[str, Any]) -> dict[str, Any]:
    """Return Chalice's Swagger 2.0 document in the form that moto accepts; API Gateway accepts it as it is.

    moto 5.2.5 rejects the key `swagger`, and requires a description, and an address also for the mock
    integrations that answer CORS preflight requests.
    """
    rest = {key: value for key, value in document.items() if key != "swagger"}
    for methods in rest["paths"].values():
        for method in methods.values():
            if method.get(_INTEGRATION, {}).get("type") == "mock":
                method[_INTEGRATION] = {"uri": "", "httpMethod": "OPTIONS", **method[_INTEGRATION]}
    return {"openapi": "3.0.1", **rest, "info": {"description": "", **document["info"]}}


_import = APIGatewayBackend.import_rest_api
_put = APIGatewayBackend.put_rest_api


def _import_swagger(backend: APIGatewayBackend, api_doc: dict[str, Any], fail_on_warnings: bool) -> Any:
    return _import(backend, _for_moto(api_doc), fail_on_warnings)


def _put_swagger(
    backend: APIGatewayBackend, function_id: str, api_doc: dict[str, Any], *rest: Any, **named: Any
) -> Any:
    return _put(backend, function_id, _for_moto(api_doc), *rest, **named)


def main() -> None:
    """Serve."""
    # moto creates its backends itself, so the methods of its own class are replaced.
    setattr(APIGatewayBackend, "import_rest_api", _import_swagger)  # noqa: B010 - mypy forbids the assignment
    setattr(APIGatewayBackend, "put_rest_api", _put_swagger)  # noqa: B010
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    print(f"http://{host}:{port}", flush=True)
    signal.pause()


if __name__ == "__main__":
    main()
