"""Every AWS client that an application makes is given a local endpoint, however it is made."""

import asyncio
from typing import Any

import pytest

from local.inside.hook._local_stack.aws_hosts import host_of
from local.inside.hook._local_stack.endpoints import LocalEndpoints
from local.inside.hook._local_stack.outside import AwsIsOutsideError, check

GIVEN = {
    "AWS_ENDPOINT_URL": "http://127.0.0.1:1",
    "AWS_ENDPOINT_URL_LAMBDA": "http://127.0.0.1:2",
    "AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI": "http://127.0.0.1:3/api",
    "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS": "http://127.0.0.1:4",
    "OTHER": "x",
}


class Loader:
    """As botocore's, with the ids of two services; another has none, as in old models."""

    def load_service_model(self, service: str, kind: str) -> dict[str, Any]:
        ids = {"logs": "CloudWatch Logs", "apigatewaymanagementapi": "ApiGatewayManagementApi"}
        return {"metadata": {"serviceId": ids[service]}}


class Creator:
    """The shape that makes clients in every version of botocore."""

    def __init__(self) -> None:
        self._loader = Loader()

    def create_client(self, service_name: str, region_name: str, **options: Any) -> Any:
        return options.get("endpoint_url")


class AsyncCreator(Creator):
    async def create_client(self, service_name: str, region_name: str, **options: Any) -> Any:
        return options.get("endpoint_url")


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """As after an application has cleared its environment."""
    for name in GIVEN:
        monkeypatch.delenv(name, raising=False)


def endpoint(service: str, explicit: str | None = None) -> Any:
    create = LocalEndpoints(GIVEN).redirect(Creator.create_client)
    return create(Creator(), service_name=service, region_name="us-east-1", endpoint_url=explicit)


@pytest.mark.parametrize(
    ("service", "expected"),
    [
        ("dynamodb", "http://127.0.0.1:1"),
        ("lambda", "http://127.0.0.1:2"),
        ("apigatewaymanagementapi", "http://127.0.0.1:3/api"),
        ("logs", "http://127.0.0.1:4"),
        ("cognito-idp", "http://127.0.0.1:1"),
    ],
)
def test_a_client_without_an_endpoint_gets_the_one_of_its_service(service: str, expected: str) -> None:
    assert endpoint(service) == expected


@pytest.mark.parametrize(
    ("service", "explicit", "expected"),
    [
        ("dynamodb", "https://dynamodb.us-east-1.amazonaws.com", "http://127.0.0.1:1"),
        ("s3", "https://s3.dualstack.eu-west-1.amazonaws.com/", "http://127.0.0.1:1"),
        ("lambda", "https://lambda.us-east-1.api.aws", "http://127.0.0.1:2"),
        (
            "apigatewaymanagementapi",
            "https://abc.execute-api.us-east-1.amazonaws.com/api",
            "http://127.0.0.1:3/api",
        ),
        ("apigatewaymanagementapi", "https://ws.example.org", "http://127.0.0.1:3/api"),
        ("apigatewaymanagementapi", "https://127.0.0.1:8080/api", "http://127.0.0.1:3/api"),
        ("dynamodb", "http://localhost:8000", "http://localhost:8000"),
        ("s3", "https://minio.example.org", "https://minio.example.org"),
    ],
)
def test_an_explicit_endpoint_stays_unless_it_is_aws(service: str, explicit: str, expected: str) -> None:
    assert endpoint(service, explicit) == expected


def test_what_the_application_sets_itself_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://localhost:4566")
    assert endpoint("dynamodb") == "http://localhost:4566"


def test_clients_of_aiobotocore_are_redirected_as_well() -> None:
    create = LocalEndpoints(GIVEN).redirect(AsyncCreator.create_client)
    assert asyncio.run(create(AsyncCreator(), "dynamodb", "us-east-1")) == "http://127.0.0.1:1"


def events(host: object) -> list[tuple[str, tuple[object, ...]]]:
    """Every way in which Python says that a host is about to be called."""
    return [
        ("socket.getaddrinfo", (host, 443, 0, 0, 0)),
        ("socket.gethostbyname", (host,)),
        ("socket.connect", (None, (host, 443))),
    ]


@pytest.mark.parametrize(
    "host",
    [
        *("s3.amazonaws.com", "bucket.s3.eu-west-1.amazonaws.com", "SQS.US-EAST-1.AMAZONAWS.COM."),
        *(
            "dynamodb.cn-north-1.amazonaws.com.cn",
            "lambda.us-east-1.api.aws",
            "x.lambda-url.us-east-1.on.aws",
        ),
        *(b"sts.amazonaws.com", "pool.auth.us-east-1.amazoncognito.com"),
    ],
)
def test_a_host_of_aws_is_kept_away(host: object) -> None:
    for event, arguments in events(host):
        with pytest.raises(AwsIsOutsideError):
            check(event, arguments)


@pytest.mark.parametrize("address", ["169.254.169.254", "169.254.170.2", "fd00:ec2::254"])
def test_a_metadata_service_refuses_as_where_there_is_none(address: str) -> None:
    for event, arguments in events(address):
        with pytest.raises(ConnectionRefusedError, match="metadata service of AWS"):
            check(event, arguments)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "example.com", "notamazonaws.com", "amazonaws.com.example.org", None, b"::1"],
)
def test_any_other_host_is_not(host: object) -> None:
    for event, arguments in events(host):
        check(event, arguments)
    check("socket.connect", (None, "/var/run/socket"))
    check("socket.bind", (None, ("s3.amazonaws.com", 1)))


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://user:secret@s3.amazonaws.com:443/x", "s3.amazonaws.com"),
        ("http://[::1]:80/", "::1"),
        ("nothing", ""),
    ],
)
def test_the_host_of_a_url_is_found(url: str, host: str) -> None:
    assert host_of(url) == host
