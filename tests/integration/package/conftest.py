"""The Lambda package without its zip, and what Lambda puts beside it."""

import importlib.util
from pathlib import Path
from zipfile import ZipFile

import pytest

# boto3 and its requirements, which Lambda's Python image provides.
PROVIDED = ("boto3", "botocore", "s3transfer", "jmespath", "dateutil", "urllib3", "six")


@pytest.fixture(scope="session")
def unpacked(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("task")
    with ZipFile(package) as archive:
        archive.extractall(target)
    return target


@pytest.fixture(scope="session")
def provided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("runtime")
    for name in PROVIDED:
        spec = importlib.util.find_spec(name)
        assert spec is not None and spec.origin is not None, name
        origin = Path(spec.origin)
        origin = origin.parent if origin.name == "__init__.py" else origin
        (target / origin.name).symlink_to(origin)
    return target
