"""The ``@connections`` API, with which functions post to, look at and close connections."""

import re
from datetime import UTC, datetime

from aiohttp import web

from local.gateway.connections import Connection, Connections, GoneError
from local.limits import GatewayLimits

CONNECTION_PATH = "/@connections/{id}"


class ManagementApi:
    """Answers what botocore's ``apigatewaymanagementapi`` client sends."""

    def __init__(self, connections: Connections, limits: GatewayLimits) -> None:
        self._connections = connections
        self._limits = limits

    async def post(self, request: web.Request) -> web.Response:
        """``PostToConnection``: 200, 410 or 413."""
        try:
            connection = self._connections.get(request.match_info["id"])
            data = await request.read()
            if len(data) > self._limits.message_bytes:
                limit = self._limits.message_bytes
                sentence = f"The data of {len(data)} bytes exceeds the limit of {limit} bytes"
                return _error(413, "PayloadTooLargeException", sentence)
            await self._connections.send(connection, data)
        except GoneError:
            return _gone()
        return web.Response()

    async def get(self, request: web.Request) -> web.Response:
        """``GetConnection``: when it connected, and the client's identity."""
        try:
            connection = self._connections.get(request.match_info["id"])
        except GoneError:
            return _gone()
        return web.json_response(
            {
                "connectedAt": _timestamp(connection.connected_at_ms),
                "identity": _identity(connection),
                "lastActiveAt": _timestamp(connection.last_active_at_ms),
            }
        )

    async def delete(self, request: web.Request) -> web.Response:
        """``DeleteConnection``: close the client's socket."""
        try:
            connection = self._connections.get(request.match_info["id"])
        except GoneError:
            return _gone()
        self._connections.close(connection, 1000, "Connection Closed Normally")
        return web.Response(status=204)


def _identity(connection: Connection) -> dict[str, str]:
    identity = {"sourceIp": connection.source_ip}
    if connection.user_agent is not None:
        identity["userAgent"] = connection.user_agent
    return identity


def _timestamp(milliseconds: int) -> str:
    text = datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="milliseconds")
    return re.sub(r"\+00:00$", "Z", text)


def _gone() -> web.Response:
    return _error(410, "GoneException", "The connection with the provided id no longer exists.")


def _error(status: int, code: str, message: str) -> web.Response:
    return web.json_response({"message": message}, status=status, headers={"x-amzn-ErrorType": code})
