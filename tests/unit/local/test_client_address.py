"""Which address events say that the client called, and by which way it came."""

from typing import Any

import pytest

from local.application import Method

ROUTES = {"/": {"GET": Method(None)}}


@pytest.fixture
async def rest(serve: Any, describe: Any) -> Any:
    async with serve(describe(rest_routes=ROUTES)) as gateway:
        yield gateway


async def rest_event(gateway: Any, **headers: str) -> dict[str, Any]:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    async with gateway.session.get(gateway.url("/api/"), headers=sent):
        pass
    [event] = gateway.functions.of("sample-dev")
    return dict(event)


@pytest.mark.parametrize(
    ("host", "scheme", "port"),
    [
        ("chat.example", "http", "80"),
        ("chat.example", "https", "443"),
        ("[2001:db8::1]", "http", "80"),
        ("[2001:db8::1]:9000", "http", "9000"),
        ("chat.example:8443", "https", "8443"),
    ],
)
async def test_the_forwarded_port_is_a_number_whatever_the_host_says(
    rest: Any, host: str, scheme: str, port: str
) -> None:
    headers = (await rest_event(rest, Host=host, X_Forwarded_Proto=scheme))["headers"]
    assert (headers["X-Forwarded-Port"], headers["X-Forwarded-Proto"]) == (port, scheme)


async def test_a_websocket_has_the_same_forwarded_port(gateway: Any) -> None:
    async with gateway.connect(headers={"Host": "chat.example"}):
        [event] = await gateway.functions.wait_for("connect")
    assert event["headers"]["X-Forwarded-Port"] == "80"
    assert event["requestContext"]["domainName"] == "chat.example"


@pytest.mark.parametrize(
    ("host", "prefix"), [("chat.example", "chat"), ("localhost:8080", "localhost"), ("nas", "nas")]
)
async def test_the_domain_prefix_is_the_first_label_of_the_host(rest: Any, host: str, prefix: str) -> None:
    context = (await rest_event(rest, Host=host))["requestContext"]
    assert (context["domainName"], context["domainPrefix"]) == (host, prefix)


async def test_addresses_that_proxies_named_stay_before_the_clients(rest: Any) -> None:
    event = await rest_event(rest, X_Forwarded_For="203.0.113.7, 198.51.100.2")
    expected = "203.0.113.7, 198.51.100.2, 127.0.0.1"
    assert event["headers"]["X-Forwarded-For"] == expected
    assert event["multiValueHeaders"]["X-Forwarded-For"] == [expected]
    assert event["requestContext"]["identity"]["sourceIp"] == "127.0.0.1"


async def test_what_a_client_claims_of_its_port_is_overwritten(rest: Any) -> None:
    event = await rest_event(rest, Host="chat.example", X_Forwarded_Port="1")
    assert event["multiValueHeaders"]["X-Forwarded-Port"] == ["80"]


async def test_a_trace_that_a_client_has_begun_goes_on(rest: Any) -> None:
    event = await rest_event(rest, X_Amzn_Trace_Id="Root=1-5759e988-bd862e3fe1be46a994272793")
    traces = event["multiValueHeaders"]["X-Amzn-Trace-Id"]
    assert traces == ["Root=1-5759e988-bd862e3fe1be46a994272793"]


async def test_an_anonymous_caller_has_every_documented_key_of_an_identity(rest: Any) -> None:
    identity = (await rest_event(rest, User_Agent="probe/1"))["requestContext"]["identity"]
    assert identity.pop("sourceIp") == "127.0.0.1" and identity.pop("userAgent") == "probe/1"
    assert identity == {
        "accessKey": None,
        "accountId": None,
        "apiKey": None,
        "apiKeyId": None,
        "caller": None,
        "cognitoAuthenticationProvider": None,
        "cognitoAuthenticationType": None,
        "cognitoIdentityId": None,
        "cognitoIdentityPoolId": None,
        "principalOrgId": None,
        "user": None,
        "userArn": None,
    }


async def test_behind_a_tls_proxy_config_json_names_encrypted_addresses(gateway: Any) -> None:
    headers = {"Host": "chat.example", "X-Forwarded-Proto": "https"}
    async with gateway.session.get(gateway.url("/config.json"), headers=headers) as response:
        config = await response.json()
    assert config["websocketUrl"] == "wss://chat.example/ws"
