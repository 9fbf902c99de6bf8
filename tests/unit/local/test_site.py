"""The static site and its configuration file."""

from pathlib import Path
from typing import Any

import pytest

from local.gateway.site import Site


@pytest.fixture
async def served(serve: Any, describe: Any, tmp_path: Path) -> Any:
    site = tmp_path / "site"
    (site / "js").mkdir(parents=True)
    (site / "index.html").write_text("<h1>hello</h1>")
    (site / "js" / "main.mjs").write_text("export {}")
    (site / "icon.svg").write_text("<svg/>")
    (site / ".hidden").write_text("secret")
    (tmp_path / "outside.txt").write_text("secret")
    (site / "link.txt").symlink_to(tmp_path / "outside.txt")
    headers = {"Content-Security-Policy": "default-src 'self'"}
    async with serve(site=Site(site, describe(), "1.2.3", headers)) as gateway:
        yield gateway


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/js/main.mjs", "text/javascript; charset=utf-8"),
        ("/icon.svg", "image/svg+xml"),
    ],
)
async def test_files_have_the_right_type_and_are_never_stale(served: Any, path: str, kind: str) -> None:
    async with served.session.get(served.url(path)) as response:
        assert (response.status, response.headers["Content-Type"]) == (200, kind)
        assert response.headers["Cache-Control"] == "no-cache"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Security-Policy"] == "default-src 'self'"
        tag = response.headers["ETag"]
    async with served.session.get(served.url(path), headers={"If-None-Match": tag}) as response:
        assert response.status == 304


@pytest.mark.parametrize(
    "path",
    ["/nothing", "/.hidden", "/link.txt", "/js", "/%2e%2e/outside.txt", "/index.html%00", f"/{'a' * 300}"],
)
async def test_nothing_but_files_of_the_site_is_served(served: Any, path: str) -> None:
    async with served.session.get(served.url(path)) as response:
        assert response.status == 404


async def test_the_configuration_names_the_address_that_was_asked(served: Any) -> None:
    headers = {"Host": "localhost:9999"}
    async with served.session.get(served.url("/config.json"), headers=headers) as response:
        assert response.headers["Cache-Control"] == "no-store"
        assert await response.json() == {
            "websocketUrl": "ws://localhost:9999/ws",
            "restUrl": "http://localhost:9999/api",
            "version": "1.2.3",
        }


async def test_without_a_site_there_is_still_a_configuration(gateway: Any) -> None:
    async with gateway.session.get(gateway.url("/config.json")) as response:
        assert response.status == 200
    async with gateway.session.get(gateway.url("/")) as response:
        assert response.status == 404


async def test_the_configuration_has_the_keys_that_are_set_beside_its_own(
    serve: Any, describe: Any, tmp_path: Path
) -> None:
    config = {"theme": {"dark": True}, "restUrl": "http://elsewhere.example"}
    site = Site(tmp_path, describe(), "1", {}, config)
    async with (
        serve(site=site) as gateway,
        gateway.session.get(gateway.url("/config.json")) as response,
    ):
        body = await response.json()
    assert body["theme"] == {"dark": True}
    assert body["restUrl"].endswith("/api"), "its own keys stay"
    assert "elsewhere" not in body["restUrl"]
