"""Signatures are those that botocore itself would make."""

import datetime
from urllib.parse import urlsplit

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials, RefreshableCredentials
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.endpoint import Request
from chalicelib.adapters.poster.signing import Signer, quoted
from tests.unit.poster.live_endpoint import MakePoster, StartEndpoint, far, observing

SECRETS = {"AKIDEXAMPLE": "secret", "AKIDSECOND": "other", "AKIDNOTOKEN": "third"}


def signature_that_botocore_makes(head: bytes, body: bytes) -> tuple[str, str]:
    """Return the expected and the received Authorization, computed from the request as it arrived."""
    lines = head.decode("latin-1").split("\r\n")
    method, target, _ = lines[0].split(" ")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
    received = headers.pop("authorization")
    headers.pop("content-length")
    access_key = received.partition("Credential=")[2].partition("/")[0]
    request = AWSRequest(method, f"http://{headers['host']}{target}", headers=headers, data=body)
    credentials = Credentials(access_key, SECRETS[access_key], headers.get("x-amz-security-token"))
    auth = SigV4Auth(credentials.get_frozen_credentials(), "execute-api", "eu-west-1")
    request.context["timestamp"] = headers["x-amz-date"]
    signature = auth.signature(auth.string_to_sign(request, auth.canonical_request(request)), request)
    signed = auth.signed_headers(auth.headers_to_sign(request))
    expected = (
        f"AWS4-HMAC-SHA256 Credential={auth.scope(request)}, SignedHeaders={signed}, Signature={signature}"
    )
    return expected, received


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40), st.binary(max_size=200))
def test_any_id_and_frame_is_signed_as_botocore_signs_it(connection_id: str, frame: bytes) -> None:
    if set(connection_id) == {"."} and len(connection_id) <= 2:
        return  # a path of dots has a meaning of its own in URLs, and no connection is called so
    signer = Signer(
        "https://abc.execute-api.eu-west-1.amazonaws.com/prod",
        Credentials("AKIDEXAMPLE", "secret"),
        "eu-west-1",
    )
    request = signer.sign([frame])[0].request(quoted(connection_id))
    head, _, body = request.partition(b"\r\n\r\n")
    expected, received = signature_that_botocore_makes(head, body)
    assert received == expected
    assert body == frame


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://abc.example/prod",
        "https://abc.example/prod/",
        "http://127.0.0.1:8080/ws",
        "https://custom.example",
    ],
)
def test_every_form_of_endpoint_is_signed_as_it_is_sent(endpoint: str) -> None:
    signer = Signer(endpoint, Credentials("AKIDNOTOKEN", "third"), "eu-west-1")
    head, _, body = signer.sign([b"x"])[0].request(quoted("Kx=")).partition(b"\r\n\r\n")
    expected, received = signature_that_botocore_makes(head, body)
    assert received == expected
    path = urlsplit(endpoint).path.rstrip("/")
    assert head.startswith(f"POST {path}/@connections/Kx%3D HTTP/1.1\r\nHost: ".encode())


def test_every_posted_request_has_a_valid_signature(
    start_endpoint: StartEndpoint, make_poster: MakePoster
) -> None:
    checked: list[tuple[str, str]] = []
    endpoint = start_endpoint(
        observing(lambda request: checked.append(signature_that_botocore_makes(request.head, request.body)))
    )
    poster = make_poster(endpoint.url)

    poster.post([f"Kx{n}=" for n in range(50)], [b"one", b"two"], deadline=far())

    assert len(checked) == 100
    assert all(expected == received for expected, received in checked)


def test_the_next_batch_uses_refreshed_credentials(
    start_endpoint: StartEndpoint, make_poster: MakePoster
) -> None:
    used: list[bytes] = []
    endpoint = start_endpoint(
        observing(lambda request: used.append(request.head.partition(b"Credential=")[2][:11]))
    )
    soon = datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=1)
    later = soon + datetime.timedelta(hours=6)
    credentials = RefreshableCredentials(
        "AKIDEXAMPLE",
        "secret",
        "token",
        later,
        refresh_using=lambda: {
            "access_key": "AKIDSECOND!",
            "secret_key": "other",
            "token": "new",
            "expiry_time": later.isoformat(),
        },
        method="test",
    )
    poster = make_poster(endpoint.url, credentials=credentials)

    poster.post(["a"], [b"x"], deadline=far())
    credentials._expiry_time = soon
    poster.post(["a"], [b"x"], deadline=far())

    assert used == [b"AKIDEXAMPLE", b"AKIDSECOND!"]


def test_a_refused_request_is_signed_again(start_endpoint: StartEndpoint, make_poster: MakePoster) -> None:
    requests: list[bytes] = []

    def refuse_the_first(request: Request) -> str | None:
        requests.append(request.head)
        return "403" if len(requests) == 1 else None

    poster = make_poster(start_endpoint(refuse_the_first).url)

    assert poster.post(["a"], [b"x"], deadline=far()).delivered == 1
    assert len(requests) == 2


def test_a_missing_permission_is_logged_and_the_batch_is_given_up(
    start_endpoint: StartEndpoint, make_poster: MakePoster, caplog: pytest.LogCaptureFixture
) -> None:
    poster = make_poster(start_endpoint(lambda request: "403").url)

    report = poster.post(["a", "b"], [b"x"], deadline=far())

    assert report.unreached == {"a", "b"}
    assert [r.getMessage() for r in caplog.records] == [
        'a post was answered with 403: b\'{"message":"Forbidden"}\''
    ]
