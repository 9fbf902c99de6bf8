"""Which addresses can be those of a push service: https, at its usual port."""

import pytest

from chalicelib.adapters.push.endpoints import parse_endpoint
from chalicelib.errors import Invalid


@pytest.mark.parametrize(
    ("text", "origin", "path"),
    [
        ("https://fcm.googleapis.com/fcm/send/a:b-c", "https://fcm.googleapis.com", "/fcm/send/a:b-c"),
        ("https://web.push.apple.com:443/Q", "https://web.push.apple.com", "/Q"),
        ("https://wns.example.org/w/?token=a%2fb%3d", "https://wns.example.org", "/w/?token=a%2fb%3d"),
        ("https://[2a00:1450::1]", "https://[2a00:1450::1]", "/"),
    ],
)
def test_the_address_of_a_push_service_is_taken_apart(text: str, origin: str, path: str) -> None:
    endpoint = parse_endpoint(text)
    assert (endpoint.origin, endpoint.path, endpoint.port) == (origin, path, 443)


BAD = (
    "",
    "push.example.org/x",
    "http://push.example.org/x",
    "ftp://push.example.org/x",
    "https:///x",
    "https://push.example.org:22/x",
    "https://push.example.org:99999/x",
    "https://me:secret@push.example.org/x",
    "https://@push.example.org/x",
    "https://push.example.org/x#y",
    "https://push.example.org\\@127.0.0.1/x",
    "https://push.example.org/x y",
    "https://push.example.org/x\r\nHost: y",
    "https://[::1/x",
    "https://pusch.exämple.org/x",
    "https://push.example.org/" + "x" * 1024,
    "http://127.0.0.1:8080/x",
    "https://localhost:8443/x",
)


@pytest.mark.parametrize("text", BAD)
def test_what_no_push_service_gives_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="endpoint must be"):
        parse_endpoint(text)


def test_this_machine_is_allowed_by_a_setting_alone() -> None:
    assert parse_endpoint("http://127.0.0.1:8080/x", loopback=True).origin == "http://127.0.0.1:8080"
    with pytest.raises(Invalid):
        parse_endpoint("http://push.example.org:8080/x", loopback=True)
