"""moto's API Gateway as a program: it prints its address, and serves until it is ended."""

import signal
from typing import Any

from moto.apigateway.models import APIGatewayBackend
from moto.server import ThreadedMotoServer

_INTEGRATION = "x-amazon-apigateway-integration"


def _as_moto_takes(document: dict[str, Any]) -> dict[str, Any]:
    """Return the Swagger 2.0 that Chalice writes in the form that moto takes; API Gateway takes it as it is.

    moto 5.2.5 refuses the label `swagger`, wants a description, and an address also for the mock integrations
    that answer CORS preflights.
    """
    rest = {key: value for key, value in document.items() if key != "swagger"}
    for methods in rest["paths"].values():
        for method in methods.values():
            if method.get(_INTEGRATION, {}).get("type") == "mock":
                method[_INTEGRATION] = {"uri": "", "httpMethod": "OPTIONS", **method[_INTEGRATION]}
    return {"openapi": "3.0.1", **rest, "info": {"description": "", **document["info"]}}


class _SwaggerBackend(APIGatewayBackend):
    """moto's API Gateway, for documents as API Gateway itself takes them."""

    imported = APIGatewayBackend.import_rest_api
    put = APIGatewayBackend.put_rest_api

    def import_rest_api(self, api_doc: dict[str, Any], fail_on_warnings: bool) -> Any:
        return _SwaggerBackend.imported(self, _as_moto_takes(api_doc), fail_on_warnings)

    def put_rest_api(self, function_id: str, api_doc: dict[str, Any], *rest: Any, **named: Any) -> Any:
        return _SwaggerBackend.put(self, function_id, _as_moto_takes(api_doc), *rest, **named)


def main() -> None:
    """Serve."""
    # moto makes its backends itself, so its own class gets the methods.
    APIGatewayBackend.import_rest_api = _SwaggerBackend.import_rest_api
    APIGatewayBackend.put_rest_api = _SwaggerBackend.put_rest_api
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    print(f"http://{host}:{port}", flush=True)
    signal.pause()


if __name__ == "__main__":
    main()
