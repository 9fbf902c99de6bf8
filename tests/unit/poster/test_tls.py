"""HTTPS with the authorities that boto3 would trust."""

import logging
import ssl
from pathlib import Path

import pytest

import testkit.certificate
from tests.unit.poster.live_endpoint import LiveEndpoint, MakePoster, StartEndpoint, far

Certificate = tuple[Path, ssl.SSLContext]
"""The path of a certificate, and the context of a server that has it."""


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """Make a self-signed certificate for localhost."""
    made = testkit.certificate.Certificate(tmp_path_factory.mktemp("tls"))
    return made.file, made.server_context()


@pytest.fixture
def secure(certificate: Certificate, start_endpoint: StartEndpoint) -> LiveEndpoint:
    return start_endpoint(tls=certificate[1])


def test_frames_are_sent_over_kept_alive_tls_connections(
    certificate: Certificate, secure: LiveEndpoint, make_poster: MakePoster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_CA_BUNDLE", str(certificate[0]))
    poster = make_poster(secure.url)
    ids = [f"c{n}" for n in range(40)]

    for _ in range(3):
        assert poster.post(ids, [b"x" * 30_000, b"y"], deadline=far()).delivered == 80
    opened = secure.opened_for(poster)
    assert poster.post(ids[:5], [b"z"], deadline=far()).delivered == 5

    assert secure.opened_for(poster) == opened
    assert secure.frames("c7") == [b"x" * 30_000, b"y"] * 3


def test_tls_connections_closed_between_batches_lose_nothing(
    certificate: Certificate, secure: LiveEndpoint, make_poster: MakePoster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_CA_BUNDLE", str(certificate[0]))
    poster = make_poster(secure.url)
    ids = [f"c{n}" for n in range(10)]
    poster.post(ids, [b"x"], deadline=far())
    secure.hang_up()

    report = poster.post(ids, [b"y"], deadline=far())

    assert report.delivered == 10
    assert report.errors == 0


def test_a_certificate_of_an_unknown_authority_is_refused(
    secure: LiveEndpoint,
    make_poster: MakePoster,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.delenv("AWS_CA_BUNDLE", raising=False)
    poster = make_poster(secure.url)

    with caplog.at_level(logging.ERROR):
        report = poster.post(["a"], [b"x"], deadline=far())

    assert report.unreached == {"a"}
    assert report.requests == 0
    assert any("CERTIFICATE_VERIFY_FAILED" in record.getMessage() for record in caplog.records)
