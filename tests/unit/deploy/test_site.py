"""The upload of the site."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deploy_extras import site
from deploy_extras.cloud import Cloud
from tests.unit.deploy.stage import BUCKET as RECORD

BUCKET = "undertone-dev-site-123456789012"


@pytest.fixture
def distribution(cloud: Cloud) -> str:
    made = cloud.client("cloudfront").create_distribution(
        DistributionConfig={
            "CallerReference": "test",
            "Comment": "",
            "Enabled": True,
            "Origins": {
                "Quantity": 1,
                "Items": [
                    {
                        "Id": "site",
                        "DomainName": f"{BUCKET}.s3.amazonaws.com",
                        "S3OriginConfig": {"OriginAccessIdentity": ""},
                    }
                ],
            },
            "DefaultCacheBehavior": {"TargetOriginId": "site", "ViewerProtocolPolicy": "https-only"},
        }
    )
    return str(made["Distribution"]["Id"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "scripts").mkdir()
    (tmp_path / "index.html").write_text("<title>Undertone</title>")
    (tmp_path / "scripts" / "main.js").write_text("start();")
    (tmp_path / "logo-0123456789abcdef.svg").write_text("<svg/>")
    return tmp_path


def test_every_file_of_the_site_has_a_content_type_that_browsers_accept(cloud: Cloud) -> None:
    found = {f.key: f.content_type for f in site.files(site.FOLDER)}
    assert found["index.html"].startswith("text/html")
    assert "application/octet-stream" not in found.values(), found


def test_files_with_a_hash_in_their_name_are_cached_and_others_revalidated(folder: Path) -> None:
    caches = {f.key: f.cache_control for f in site.files(folder)}
    assert caches == {
        "index.html": "public, no-cache",
        "scripts/main.js": "public, no-cache",
        "logo-0123456789abcdef.svg": "public, max-age=31536000, immutable",
    }
    assert site.described("images/logo.svg", b"").cache_control == "public, max-age=86400"
    told = site.config("wss://x/api", "https://y/api", "1", {}, link_previews=True)
    assert (told.cache_control, json.loads(told.body)["linkPreviews"]) == ("no-store", True)
    assert json.loads(site.config("", "", "", {}).body)["linkPreviews"] is False
    assert json.loads(site.config("", "", "", {}).body)["roomsBy"] == "everyone"


def test_changed_files_are_uploaded_and_stale_ones_deleted(cloud: Cloud, folder: Path) -> None:
    cloud.client("s3").create_bucket(Bucket=BUCKET)
    first = site.upload(cloud, BUCKET, list(site.files(folder)))
    assert first == ["logo-0123456789abcdef.svg", "scripts/main.js", "index.html"]
    assert site.upload(cloud, BUCKET, list(site.files(folder))) == []
    (folder / "index.html").write_text("<title>Undertone 2</title>")
    (folder / "scripts" / "main.js").unlink()
    assert site.upload(cloud, BUCKET, list(site.files(folder))) == ["index.html", "scripts/main.js"]


def parts(release: str) -> list[site.File]:
    keys = [f"releases/{release}/scripts/{name}.js" for name in "ab"]
    return [site.File(key, b"", "text/javascript", site.IMMUTABLE) for key in keys]


def test_the_release_before_stays_for_pages_that_are_open(cloud: Cloud) -> None:
    s3 = cloud.client("s3")
    s3.create_bucket(Bucket=BUCKET)
    page = site.File("index.html", b"", "text/html", "public, no-cache")
    site.upload(cloud, BUCKET, [*parts("first"), page])
    changed = site.upload(cloud, BUCKET, [*parts("second"), page])
    assert changed == [part.key for part in parts("second")]
    present = {item["Key"] for item in s3.list_objects_v2(Bucket=BUCKET)["Contents"]}
    assert present == {part.key for part in [*parts("first"), *parts("second"), page]}
    assert site.upload(cloud, BUCKET, [*parts("second"), page]) == []


def test_a_release_goes_once_so_many_newer_ones_have_come() -> None:
    begun = datetime(2026, 11, 29, tzinfo=UTC)
    last = site.KEPT_RELEASES
    uploaded = {part.key: begun + timedelta(days=day) for day in range(last) for part in parts(str(day))}
    # The oldest comes back, as after a rollback: the present one is kept however old it is.
    kept = site.earlier_releases(uploaded, parts("0"))
    assert kept == {part.key for day in range(1, last) for part in parts(str(day))}
    assert site.earlier_releases(uploaded, parts("new")) == kept
    assert site.earlier_releases({"index.html": begun, "releases/stray": begun}, parts("new")) == set()


def test_the_cache_is_invalidated_once_for_each_change_also_after_an_interruption(
    cloud: Cloud, distribution: str
) -> None:
    cloud.client("s3").create_bucket(Bucket=BUCKET)
    files = [site.File("a", b"x", "text/plain", "no-store")]
    site.upload(cloud, BUCKET, files)
    # The first run was interrupted here; the next one finds nothing to upload.
    assert site.upload(cloud, BUCKET, files) == []
    assert site.invalidate(cloud, distribution, files, record=RECORD)
    assert not site.invalidate(cloud, distribution, files, record=RECORD)
    assert site.invalidate(
        cloud, distribution, [*files, site.File("b", b"", "text/plain", "no-store")], RECORD
    )


def test_a_changed_cache_header_uploads_the_file_again(cloud: Cloud) -> None:
    cloud.client("s3").create_bucket(Bucket=BUCKET)
    site.upload(cloud, BUCKET, [site.File("a", b"x", "text/plain", "no-store")])
    assert site.upload(cloud, BUCKET, [site.File("a", b"x", "text/plain", "public, no-cache")]) == ["a"]
