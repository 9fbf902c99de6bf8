"""How a MiniStack process is started: its command, its environment, and whether it answers."""

import os
import sys
import urllib.request
from collections.abc import Iterable, Mapping
from pathlib import Path

from local.lambdas.variables import ACCOUNT_ID, CREDENTIALS

WORKING_DIRECTORY = Path(__file__).resolve().parents[2]
"""From here Python finds the module of the command."""
COMMAND = (sys.executable, "-m", "local.emulator.child")
LOG_NAME = "ministack.log"
START_TIMEOUT_SECONDS = 60.0
SAVE_TIMEOUT_SECONDS = 60.0
START_ATTEMPTS = 3
"""Another program may take the free port meanwhile: then another port is tried."""

_NOT_INHERITED = ("AWS_", "MINISTACK_", "S3_")
_PROBE_TIMEOUT_SECONDS = 2.0
# Loopback needs no proxy, whatever the developer's environment says.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def ministack_variables(
    folder: Path,
    port: int,
    *,
    region: str,
    services: Iterable[str] = (),
    persistent: bool = False,
    extra: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Return the environment of a MiniStack process, and make the directories that it needs.

    Parameters
    ----------
    folder
        Where its state and temporary files go.
    services
        Names of the services it offers, for example ``dynamodb``; all of them if there are none.
    persistent
        Whether it keeps its data in ``folder`` and reads them again at the next start.
    extra
        Further settings of MiniStack, which win over the ones made here.
    """
    temporary = folder / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    # Its own credentials and nothing of the developer's AWS account; PATH and HOME as for any program.
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(_NOT_INHERITED)}
    inherited.pop("SERVICES", None)
    chosen = ",".join(services)
    return inherited | {
        **CREDENTIALS,
        "AUTH": "false",
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "IOT_MTLS_ENABLED": "0",
        "LOG_LEVEL": "WARNING",
        "MINISTACK_ACCOUNT_ID": ACCOUNT_ID,
        "MINISTACK_REGION": region,
        "PERSIST_STATE": str(int(persistent)),
        "PYTHONUNBUFFERED": "1",
        "S3_DATA_DIR": str(folder / "s3"),
        "S3_PERSIST": str(int(persistent)),
        **({"SERVICES": chosen} if chosen else {}),
        "SFTP_ENABLED": "0",
        "STATE_DIR": str(folder / "state"),
        # It leaves a file for its process id there.
        "TMPDIR": str(temporary),
        **(extra or {}),
    }


def answers(url: str) -> bool:
    """Whether MiniStack at ``url`` is ready for requests."""
    try:
        with _opener.open(f"{url}/_ministack/health", timeout=_PROBE_TIMEOUT_SECONDS) as response:
            return bool(response.status == 200)
    except OSError:
        return False
