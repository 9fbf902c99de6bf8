"""What a deployment makes of the site, and what the page's service worker is told of it."""

import base64
import hashlib
import json
import re
from dataclasses import replace

import pytest

from deploy_extras import joining, site
from deploy_extras.cloud import Cloud
from deploy_extras.errors import DeployError
from deploy_extras.release import deployment, joined, released, versioned
from deploy_extras.site import File

BUCKET = "undertone-dev-site-123456789012"


def file(key: str, body: bytes = b"") -> File:
    return File(key, body, "text/plain", "public, no-cache")


WORKER = file(site.WORKER, b"/* kept */\nconst RELEASE = null; // here\nstart();\n")


def told(files: list[File]) -> dict[str, object]:
    [worker] = [each.body.decode() for each in released(files) if each.key == site.WORKER]
    found = re.search(r"^const RELEASE = (\{.*\});", worker, re.MULTILINE)
    assert found, worker
    release: dict[str, object] = json.loads(found[1])
    return release


def test_the_worker_knows_every_other_file_by_its_hash() -> None:
    files = [file("index.html", b"<p>"), WORKER, file("scripts/main.js", b"go();")]
    kept = {
        key: base64.b64encode(hashlib.sha256(body).digest()).decode()
        for key, body in (("index.html", b"<p>"), ("scripts/main.js", b"go();"))
    }
    assert told(files)["files"] == kept
    assert {each.key for each in released(files)} == {"index.html", site.WORKER, "scripts/main.js"}


def test_the_version_is_another_one_exactly_if_a_file_is() -> None:
    first = told([file("a", b"1"), WORKER])["version"]
    assert told([WORKER, file("a", b"1")])["version"] == first
    changed = replace(WORKER, body=WORKER.body + b"more();")
    others = {
        str(told(files)["version"])
        for files in ([file("a", b"2"), WORKER], [file("b", b"1"), WORKER], [file("a", b"1"), changed])
    }
    assert first not in others
    assert len(others) == 3


@pytest.mark.parametrize("files", [[file("a")], [file(site.WORKER, b"const RELEASE = 1;")]])
def test_a_site_whose_worker_has_no_place_for_the_release_is_refused(files: list[File]) -> None:
    with pytest.raises(DeployError, match="const RELEASE = null;"):
        released(files)


def test_the_page_s_own_worker_has_the_place_and_as_it_stands_keeps_nothing() -> None:
    release = told(list(site.files(site.FOLDER)))
    assert "index.html" in dict(release["files"])  # type: ignore[call-overload]
    assert "const RELEASE = null;" in (site.FOLDER / site.WORKER).read_text("utf-8")


def test_the_page_is_deployed_in_few_files_of_which_the_document_alone_is_asked_for_again() -> None:
    files = {each.key: each for each in deployment(site.FOLDER)}
    document = files["index.html"].body.decode()
    loaded = re.findall(r'<(?:script|link)[^>]* (?:src|href)="([^"]+\.(?:js|css))"', document)
    assert [re.sub(r"^releases/[0-9a-f]{16}/", "", name) for name in loaded] == [
        "styles/one.css",
        "scripts/first_paint.js",
        "scripts/one.js",
    ]
    assert {files[name].cache_control for name in loaded} == {site.IMMUTABLE}
    assert files["index.html"].cache_control == files[site.WORKER].cache_control == "public, no-cache"
    worker = files[site.WORKER].body.decode()
    assert all(f'"{name}":' in worker for name in loaded)
    assert not joining.members(site.FOLDER) & files.keys()


def test_the_script_of_a_deployment_has_no_comments_and_all_of_its_words() -> None:
    [script] = [each.body.decode() for each in joined(site.FOLDER) if each.key == joining.SCRIPT]
    source = joining.scripts(site.FOLDER)[joining.SCRIPT]
    assert "/**" in source
    assert "/**" not in script
    words = re.findall(r'^  "[\w.]+": (".*"),$', source, re.MULTILINE)
    assert len(words) > 300
    assert not [word for word in words if word not in script]


def test_the_address_of_scripts_and_styles_is_another_one_exactly_if_one_of_them_is() -> None:
    page = file("index.html", b'<link href="styles/a.css"><script src="scripts/b.js">')
    parts = [file("styles/a.css", b"a"), file("scripts/b.js", b"b")]

    def folder(files: list[File]) -> bytes:
        keys = {each.key for each in versioned(files)}
        [document] = [each.body for each in versioned(files) if each.key == "index.html"]
        names = re.findall(rb'"([^"]+)"', document)
        assert {name.decode() for name in names} <= keys
        [prefix] = {name[: name.rindex(b"/", 0, -8)] for name in names}
        return bytes(prefix)

    first = folder([page, *parts])
    assert folder([*reversed(parts), replace(page, body=b"<!-- new -->" + page.body), file("x")]) == first
    assert folder([page, parts[0], replace(parts[1], body=b"c")]) != first


def test_a_style_sheet_that_names_another_file_is_refused() -> None:
    with pytest.raises(DeployError, match=r"styles/a\.css refers to another file: .*picture\.png"):
        versioned([file("styles/a.css", b"a { background: url(picture.png); }")])
    versioned([file("styles/a.css", b'a { background: url("data:image/svg+xml,x") }')])


def test_the_worker_is_uploaded_after_all_that_it_names(cloud: Cloud) -> None:
    cloud.client("s3").create_bucket(Bucket=BUCKET)
    files = [WORKER, file("index.html"), file("config.json"), file("z.js")]
    assert site.upload(cloud, BUCKET, files) == ["z.js", "config.json", "index.html", site.WORKER]
