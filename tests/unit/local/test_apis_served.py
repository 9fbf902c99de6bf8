"""An application's APIs are served under every address that they have, and no others."""

from typing import Any

import aiohttp
import pytest

from local.application import Method

REST = {"/": {"GET": Method(None)}, "/rooms": {"GET": Method(None)}}


async def config(gateway: Any) -> dict[str, Any]:
    async with gateway.session.get(gateway.url("/config.json")) as response:
        return dict(await response.json())


async def refused(gateway: Any, path: str) -> int:
    """Status with which a WebSocket handshake is refused."""
    with pytest.raises(aiohttp.WSServerHandshakeError) as error:
        await gateway.connect(path)
    return error.value.status


@pytest.mark.parametrize("path", ["/api/", "/ws/", "/api", "/ws", "/api/?token=a", "/ws/?token=a"])
async def test_a_websocket_opens_with_and_without_a_slash_at_its_end(gateway: Any, path: str) -> None:
    async with gateway.connect(path) as socket:
        await socket.send_str("hello")
        await gateway.functions.wait_for("message")


async def test_below_the_root_of_the_stage_there_is_no_websocket(gateway: Any) -> None:
    assert await refused(gateway, "/api/deeper") == 403
    assert await refused(gateway, "/ws/deeper") == 404


async def test_the_root_of_the_stage_still_answers_plain_requests(serve: Any, describe: Any) -> None:
    async with serve(describe(rest_routes=REST)) as gateway:
        for path in ("/api", "/api/"):
            async with gateway.session.get(gateway.url(path)) as response:
                assert response.status == 200


async def test_a_stage_may_have_the_name_of_the_sites_websocket(serve: Any, describe: Any) -> None:
    async with serve(describe(rest_routes=REST, api_stage="ws")) as gateway:
        async with gateway.connect("/ws/") as socket:
            await socket.send_str("hello")
            await gateway.functions.wait_for("message")
        async with gateway.session.get(gateway.url("/ws/rooms")) as response:
            assert response.status == 200
        assert (await config(gateway))["restUrl"].endswith("/ws")


async def test_an_application_of_rest_routes_alone_has_no_websocket(serve: Any, describe: Any) -> None:
    async with serve(describe(rest_routes=REST, websocket_routes={})) as gateway:
        assert set(await config(gateway)) == {"restUrl", "version"}
        assert [await refused(gateway, path) for path in ("/ws", "/ws/")] == [404, 404]
        # It is what it is for any other client: a request for the route at the root.
        assert [await refused(gateway, path) for path in ("/api", "/api/")] == [200, 200]
        async with gateway.session.post(gateway.url("/ws/@connections/A="), data=b"x") as response:
            assert response.status == 405


async def test_an_application_of_websocket_handlers_alone_has_no_rest_api(serve: Any, describe: Any) -> None:
    async with serve(describe(rest_routes={})) as gateway:
        assert set(await config(gateway)) == {"websocketUrl", "version"}
        async with gateway.session.get(gateway.url("/api/")) as response:
            assert response.status == 403
        async with gateway.connect("/api/"):
            pass


async def test_an_application_of_functions_alone_has_neither(serve: Any, describe: Any) -> None:
    async with serve(describe(rest_routes={}, websocket_routes={})) as gateway:
        assert set(await config(gateway)) == {"version"}
        assert await refused(gateway, "/api") == 403
