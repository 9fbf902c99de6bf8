"""AWS on this machine, for deployments: MiniStack, and moto for what MiniStack lacks."""

import json
import platform
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import boto3
import botocore

from deploy_extras.cloud import Cloud
from local.emulator.testing import running_ministack

REGION = "us-east-1"
# The emulators run the functions here, so their wheels are for this machine.
ARCHITECTURE = "arm64" if platform.machine() in ("aarch64", "arm64") else "x86_64"
ACCOUNT = "000000000000"
KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
_ROOT = Path(__file__).parents[3]


@contextmanager
def ministack(folder: Path, *, auth: bool = False) -> Iterator[str]:
    """Run MiniStack with all its services in a process of its own; yield its address."""
    # -P leaves this folder off the path: MiniStack must not import modules of the tests.
    command = [sys.executable, "-P", str(Path(__file__).with_name("ministack_server.py"))]
    variables = {"AUTH": str(auth).lower(), "LAMBDA_EXECUTOR": "local"}
    with running_ministack(folder, region=REGION, command=command, variables=variables) as url:
        yield url


@contextmanager
def moto() -> Iterator[str]:
    """Run a moto server in a process of its own; yield its address.

    All moto servers of one process share their state, and a test of one stage would find another's APIs.
    """
    command = [sys.executable, "-m", "tests.integration.deploy.moto_server"]
    with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


def reset_ministack(url: str) -> None:
    """Delete everything from MiniStack."""
    _post(f"{url}/_ministack/reset")


def reset_moto(url: str) -> None:
    """Delete everything from moto."""
    _post(f"{url}/moto-api/reset")


def _post(url: str) -> None:
    with urllib.request.urlopen(urllib.request.Request(url, method="POST"), timeout=60):
        pass


def variables(endpoint: str, **services: str) -> dict[str, str]:
    """Return the environment variables with an endpoint for boto3, and with those of single services."""
    own = {f"AWS_ENDPOINT_URL_{name.upper()}": url for name, url in services.items()}
    return {**KEYS, "AWS_DEFAULT_REGION": REGION, "AWS_ENDPOINT_URL": endpoint, **own}


def fast_waiters(folder: Path) -> Path:
    """Return a folder for `AWS_DATA_PATH` with which botocore's waiters ask for a function every 100 ms.

    Chalice waits for each function with these waiters, which by default ask every five seconds.
    """
    service = Path("lambda") / "2015-03-31"
    target = folder / "models" / service / "waiters-2.json"
    if not target.exists():
        source = Path(botocore.__file__).parent / "data" / service / "waiters-2.json"
        found = json.loads(source.read_text("utf-8"))
        for waiter in found["waiters"].values():
            waiter["delay"] = 0.1
        target.parent.mkdir(parents=True)
        target.write_text(json.dumps(found), "utf-8")
    return folder / "models"


class Session:
    """What `Cloud` needs of a boto3 session, for an emulator and without environment variables."""

    def __init__(self, url: str) -> None:
        self._url = url

    def client(self, service: str, **_: Any) -> Any:
        return client(service, self._url)


def cloud(url: str) -> Cloud:
    """Return the cloud that the commands of `deploy_extras` work with."""
    return Cloud(Session(url), REGION, ACCOUNT)


def client(service: str, endpoint: str, region: str = REGION) -> Any:
    """Return a client of an emulator."""
    return boto3.client(
        service,
        endpoint_url=endpoint,
        region_name=region,
        aws_access_key_id=KEYS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=KEYS["AWS_SECRET_ACCESS_KEY"],
    )
