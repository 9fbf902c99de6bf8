"""What a registry tells people of the live model."""

import hashlib
from typing import Any

import pytest

from chalicelib.sentiment.manifest import Pointer
from chalicelib.sentiment.registry import POINTER_INTERVAL_SECONDS
from tests.unit.sentiment.registry_world import (
    CONTENT,
    World,
    break_pointer,
    damage_manifest,
    newer_format,
    newer_pointer,
    unreachable,
)


@pytest.fixture
def world() -> World:
    return World()


def test_the_live_model_is_described(world: World) -> None:
    described = world.registry.describe()
    assert described["version"] == CONTENT["version"]
    assert described["source"] == "embedded"
    assert described["metrics"] and described["data"] and described["classBalance"] and described["trainedAt"]


def test_describing_follows_a_promotion_without_loading_the_model(world: World) -> None:
    assert world.registry.describe()["version"] == CONTENT["version"]
    world.s3.promote("2027-01-01T00-00-00Z-aaaaaa")
    world.now += POINTER_INTERVAL_SECONDS + 1
    described = world.registry.describe()
    assert (described["version"], described["source"]) == ("2027-01-01T00-00-00Z-aaaaaa", "bucket")
    assert "models/2027-01-01T00-00-00Z-aaaaaa/model.npz" not in world.s3.requests


def test_the_pointer_is_read_at_most_once_in_an_interval_for_descriptions(world: World) -> None:
    for _ in range(5):
        world.registry.describe()
    assert world.s3.requests == ["pointer.json"]


@pytest.mark.parametrize("damage", [damage_manifest, break_pointer, newer_pointer, newer_format, unreachable])
def test_the_last_known_description_stays_while_the_bucket_is_broken(world: World, damage: Any) -> None:
    world.s3.promote("2027-01-01T00-00-00Z-aaaaaa")
    world.registry.describe()
    world.s3.promote("2027-01-02T00-00-00Z-bbbbbb")
    damage(world.s3)
    world.now += POINTER_INTERVAL_SECONDS + 1
    assert world.registry.describe()["version"] == "2027-01-01T00-00-00Z-aaaaaa"
    assert world.counted == ["ModelFaults"]


def test_the_next_refresh_loads_a_model_that_was_only_described(world: World) -> None:
    world.s3.promote("2027-01-01T00-00-00Z-aaaaaa")
    world.registry.describe()
    world.registry.refresh()
    assert world.version == "2027-01-01T00-00-00Z-aaaaaa"


def test_the_report_is_read_and_checked(world: World) -> None:
    version = "2027-01-01T00-00-00Z-aaaaaa"
    page = b"<p>good</p>"
    report = {"sha256": hashlib.sha256(page).hexdigest(), "bytes": len(page)}
    world.s3.promote(version, files={**CONTENT["files"], "report.html": report})
    world.s3.objects[f"models/{version}/report.html"] = page
    assert world.registry.describe()["report"] is True
    assert world.registry.report() == page
    world.s3.objects[f"models/{version}/report.html"] = b"<script>bad</script>"
    assert world.registry.report() is None
    assert world.counted == ["ModelFaults"]


def test_a_model_without_a_report_has_none(world: World) -> None:
    world.s3.promote("2027-01-01T00-00-00Z-aaaaaa")
    assert world.registry.describe()["report"] is False
    assert world.registry.report() is None
    assert world.counted == []


def test_a_pointer_remembers_what_was_live_before_it() -> None:
    first = Pointer("1", "models/1/manifest.json", "a")
    second = Pointer("2", "models/2/manifest.json", "b").after(first)
    again = Pointer.from_json(Pointer("3", "models/3/manifest.json", "c").after(second).to_json())
    assert [each.version for each in again.earlier] == ["2", "1"]
    assert again.after(again).earlier == again.earlier
    assert [each.version for each in first.after(again).earlier] == ["3", "2"]
