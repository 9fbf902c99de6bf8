"""AWS in this process, by moto."""

from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from deploy_extras.cloud import Cloud
from tests.unit.deploy.stage import BUCKET


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    with mock_aws():
        found = Cloud(boto3.Session(), "us-east-1", "123456789012")
        found.client("s3").create_bucket(Bucket=BUCKET)
        yield found
