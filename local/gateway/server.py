"""The two HTTP servers: the public port, and the internal one that workers and tools use."""

import ipaddress
from collections.abc import Awaitable, Callable

from aiohttp import web

from local.gateway.management import CONNECTION_PATH, ManagementApi
from local.gateway.rest import RestApi
from local.gateway.site import Site
from local.gateway.websocket import WebSocketApi
from local.lambdas.invoke_api import INVOKE_PATH, InvokeApi
from local.lambdas.worker_pools import WorkerPools
from local.limits import GatewayLimits, LambdaLimits

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def public_application(
    *,
    api_stage: str,
    site: Site,
    websocket: WebSocketApi | None,
    rest: RestApi,
    management: ManagementApi,
    limits: GatewayLimits,
) -> web.Application:
    """Everything that a browser sees, on one origin; without a WebSocket API nothing of it is there."""
    application = web.Application(client_max_size=limits.rest_payload_bytes)
    router = application.router
    router.add_get("/config.json", site.config)
    if websocket is not None:
        for prefix in dict.fromkeys(("/ws", f"/{api_stage}")):
            _add_management(application, prefix, management)
        _add_websocket(application, api_stage, websocket, rest)
    router.add_route("*", f"/{api_stage}", rest.handle)
    router.add_route("*", f"/{api_stage}/{{path:.*}}", rest.handle)
    router.add_get("/{path:.*}", site.file)
    return application


def _add_websocket(
    application: web.Application, api_stage: str, websocket: WebSocketApi, rest: RestApi
) -> None:
    """Serve it where the site looks for it and at the stage, as on AWS; Chalice prints that with a slash."""

    async def stage_root(request: web.Request) -> web.StreamResponse:
        upgrade = request.headers.get("Upgrade", "").lower() == "websocket"
        return await (websocket.handle(request) if upgrade else rest.handle(request))

    for path in (f"/{api_stage}", f"/{api_stage}/"):
        application.router.add_route("*", path, stage_root)
    if api_stage != "ws":
        for path in ("/ws", "/ws/"):
            application.router.add_get(path, websocket.handle)


def internal_application(
    *,
    api_stage: str,
    pools: WorkerPools,
    invoke: InvokeApi,
    management: ManagementApi,
    limits: LambdaLimits,
) -> web.Application:
    """Lambda's ``Invoke``, ``@connections``, and the state of the functions for tools and tests."""

    async def functions(request: web.Request) -> web.Response:
        return web.json_response(
            {
                name: {
                    "workers": [
                        {"pid": worker.process.pid, "busy": worker.current is not None}
                        for worker in pool.workers
                    ]
                }
                for name, pool in pools.by_function.items()
            }
        )

    largest = max(limits.request_bytes, limits.event_bytes) * 2
    application = web.Application(client_max_size=largest, middlewares=[_refuse_browsers])
    for prefix in dict.fromkeys(("", "/ws", f"/{api_stage}")):
        _add_management(application, prefix, management)
    application.router.add_post(INVOKE_PATH, invoke.handle)
    application.router.add_get("/_local/functions", functions)
    return application


def _add_management(application: web.Application, prefix: str, management: ManagementApi) -> None:
    path = prefix + CONNECTION_PATH
    application.router.add_post(path, _for_this_machine(management.post))
    application.router.add_get(path, _for_this_machine(management.get), allow_head=False)
    application.router.add_delete(path, _for_this_machine(management.delete))


def _is_loopback(address: str | None) -> bool:
    return address is not None and ipaddress.ip_address(address.partition("%")[0]).is_loopback


def _for_this_machine(handler: Handler) -> Handler:
    """Accept only programs on this machine, and no browser; AWS verifies a signature instead."""

    async def guarded(request: web.Request) -> web.StreamResponse:
        if not _is_loopback(request.remote) or "Origin" in request.headers:
            headers = {"x-amzn-ErrorType": "ForbiddenException"}
            return web.json_response({"message": "Forbidden"}, status=403, headers=headers)
        return await handler(request)

    return guarded


@web.middleware
async def _refuse_browsers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse web pages: they send ``Origin`` or, after DNS rebinding, a foreign ``Host``."""
    named = request.url.host not in ("127.0.0.1", "localhost", "::1")
    if "Origin" in request.headers or named:
        raise web.HTTPForbidden(text="the internal port accepts local programs only, not web pages\n")
    return await handler(request)
