"""HTTPS with the authorities that boto3 would trust."""

import datetime
import logging
import ssl
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A self-signed certificate for localhost: (certificate's path, a server's context)."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_path = folder / "key.pem"
    key_path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path, key_path)
    return path, context


@pytest.fixture
def secure(certificate, start_endpoint):
    return start_endpoint(tls=certificate[1])


def test_frames_go_out_over_tls_and_links_are_kept(certificate, secure, make_poster, monkeypatch):
    monkeypatch.setenv("AWS_CA_BUNDLE", str(certificate[0]))
    poster = make_poster(secure.url)
    ids = [f"c{n}" for n in range(40)]

    for _ in range(3):
        assert poster.post(ids, [b"x" * 30_000, b"y"], deadline=far()).delivered == 80
    opened = secure.endpoint.connections_opened
    assert poster.post(ids[:5], [b"z"], deadline=far()).delivered == 5

    assert secure.endpoint.connections_opened == opened
    assert secure.frames("c7") == [b"x" * 30_000, b"y"] * 3


def test_links_closed_meanwhile_lose_nothing_over_tls_either(certificate, secure, make_poster, monkeypatch):
    monkeypatch.setenv("AWS_CA_BUNDLE", str(certificate[0]))
    poster = make_poster(secure.url)
    ids = [f"c{n}" for n in range(10)]
    poster.post(ids, [b"x"], deadline=far())
    secure.hang_up()

    report = poster.post(ids, [b"y"], deadline=far())

    assert report.delivered == 10
    assert report.errors == 0


def test_a_certificate_of_an_unknown_authority_is_refused(secure, make_poster, monkeypatch, caplog):
    monkeypatch.delenv("AWS_CA_BUNDLE", raising=False)
    poster = make_poster(secure.url)

    with caplog.at_level(logging.ERROR):
        report = poster.post(["a"], [b"x"], deadline=far())

    assert report.unreached == {"a"}
    assert report.requests == 0
    assert any("CERTIFICATE_VERIFY_FAILED" in record.getMessage() for record in caplog.records)


def far() -> float:
    return time.monotonic() + 20
