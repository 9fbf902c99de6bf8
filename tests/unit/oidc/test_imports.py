"""What only a sign-in with a provider imports."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
TABLES = {"CONNECTIONS_TABLE": "c", "MESSAGES_TABLE": "m", "AWS_DEFAULT_REGION": "us-east-1"}
KEYS = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x"}
PROVIDER = {"OIDC_ISSUER": "https://id.example.org", "OIDC_CLIENT_ID": "x", "OIDC_MEMBERS": "*"}
HEAVY = ("joserfc", "cryptography", "chalicelib.adapters.oidc.id_token")


def loaded(code: str) -> set[str]:
    ran = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint(*sys.modules)"],
        cwd=ROOT / "chalice_app",
        env={**TABLES, **KEYS, **PROVIDER, "PYTHONPATH": str(ROOT / "chalice_app")},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ran.stdout.split())


def test_no_function_loads_the_library_when_it_starts() -> None:
    found = loaded("import app\nfrom chalicelib.wiring import chat\nchat()")
    assert "chalicelib.wiring" in found
    assert not found.intersection((*HEAVY, "chalicelib.adapters.oidc", "chalicelib.protocol.sign_in"))


def test_the_rest_function_loads_it_for_a_token_alone() -> None:
    code = "from chalicelib.wiring import chat\nassert chat().house().provider_sign_in"
    assert not loaded(code).intersection(HEAVY)
    assert set(HEAVY) <= loaded(f"{code}\nimport chalicelib.adapters.oidc.id_token")
