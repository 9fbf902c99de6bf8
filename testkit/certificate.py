"""A certificate for servers that speak TLS on this machine."""

import base64
import hashlib
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


class Certificate:
    """A self-signed certificate for localhost: `file` to trust it by, or `key_hash` for a browser."""

    def __init__(self, folder: Path) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
        now = datetime.now(UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
            .sign(key, hashes.SHA256())
        )
        encoding, public = serialization.Encoding, serialization.PublicFormat.SubjectPublicKeyInfo
        self.file, self.key_file = folder / "certificate.pem", folder / "key.pem"
        self.file.write_bytes(made.public_bytes(encoding.PEM))
        self.key_file.write_bytes(
            key.private_bytes(encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        )
        digest = hashlib.sha256(key.public_key().public_bytes(encoding.DER, public)).digest()
        self.key_hash = base64.b64encode(digest).decode()

    def server_context(self) -> ssl.SSLContext:
        """Return the context of a server that has this certificate."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file, self.key_file)
        return context
