"""AWS on this machine, for deployments: MiniStack, and moto for what MiniStack lacks."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import boto3
import botocore

from local.lambdas.variables import CREDENTIALS
from local.ports import free_port

REGION = "us-east-1"
ACCOUNT = "000000000000"
KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
_ROOT = Path(__file__).parents[3]


@contextmanager
def ministack(folder: Path, *, auth: bool = False) -> Iterator[str]:
    """Run all of MiniStack in a process of its own; yields its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "MINISTACK_"))}
    settings = {
        "AUTH": str(auth).lower(),
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "IOT_MTLS_ENABLED": "0",
        "LAMBDA_EXECUTOR": "local",
        "LOG_LEVEL": "WARNING",
        "MINISTACK_ACCOUNT_ID": ACCOUNT,
        "MINISTACK_REGION": REGION,
        "PERSIST_STATE": "0",
        "SFTP_ENABLED": "0",
        "STATE_DIR": str(folder / "state"),
        "TMPDIR": str(folder),
    }
    with (folder / "ministack.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "ministack"],
            cwd=folder,
            env=inherited | CREDENTIALS | settings,
            stdout=log,
            stderr=log,
        )
        try:
            _wait(f"{url}/_ministack/health", process, folder / "ministack.log")
            yield url
        finally:
            process.terminate()
            process.wait(30)


def _wait(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"MiniStack did not start:\n{log.read_text()}")


@contextmanager
def moto() -> Iterator[str]:
    """Run a moto server in a process of its own; yields its address.

    All moto servers of one process share what they hold, and a test of one stage would find another's APIs.
    """
    command = [sys.executable, "-m", "tests.integration.deploy.moto_server"]
    with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


def variables(endpoint: str, **services: str) -> Mapping[str, str]:
    """Return the environment in which boto3 finds an endpoint, and others for single services."""
    own = {f"AWS_ENDPOINT_URL_{name.upper()}": url for name, url in services.items()}
    return {**KEYS, "AWS_DEFAULT_REGION": REGION, "AWS_ENDPOINT_URL": endpoint, **own}


def impatient(folder: Path) -> Path:
    """Return a folder for `AWS_DATA_PATH` in which botocore asks ten times a second for a function.

    Chalice waits for each function by the waiters of botocore, which look every five seconds: right for AWS,
    but the emulator is ready after half of one.
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


def client(service: str, endpoint: str, region: str = REGION) -> Any:
    """Return a client of an emulator."""
    return boto3.client(
        service,
        endpoint_url=endpoint,
        region_name=region,
        aws_access_key_id=KEYS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=KEYS["AWS_SECRET_ACCESS_KEY"],
    )
