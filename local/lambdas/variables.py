"""The environment of a worker: what Lambda sets, where the local services are, and the function's own."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from local.application import Function

HOOK_DIRECTORY = Path(__file__).parent.parent / "inside" / "hook"
ACCOUNT_ID = "000000000000"
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local"}
# Needed by the interpreter on some systems to find its libraries; they carry no settings of the developer.
_INHERITED = ("LD_LIBRARY_PATH", "SYSTEMROOT", "SSL_CERT_FILE")


@dataclass(frozen=True)
class Endpoints:
    """Where workers find the services: AWS's data stores, and this stack's Lambda and ``@connections``."""

    aws: str | None
    functions: str
    management: str


def function_arn(region: str, name: str) -> str:
    """ARN of a function in the emulated account."""
    return f"arn:aws:lambda:{region}:{ACCOUNT_ID}:function:{name}"


def base_variables(home: Path, region: str) -> dict[str, str]:
    """What any process of the worker environment gets: no file or variable of the developer's account."""
    inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return inherited | {
        "PATH": os.defpath,
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "TZ": ":UTC",
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
        # botocore must neither read the developer's profile nor ask the network for credentials.
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        **CREDENTIALS,
    }


def worker_variables(
    function: Function,
    *,
    app: Path,
    home: Path,
    region: str,
    runtime_api: str,
    endpoints: Endpoints,
    extra: Mapping[str, str],
) -> dict[str, str]:
    """Everything in the environment of one worker; ``extra`` (``--env``) wins over the configuration."""
    variables = base_variables(home, region) | {
        "AWS_EXECUTION_ENV": f"AWS_Lambda_python{sys.version_info.major}.{sys.version_info.minor}",
        "AWS_LAMBDA_FUNCTION_NAME": function.name,
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_mb),
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_GROUP_NAME": f"/aws/lambda/{function.name}",
        "AWS_LAMBDA_LOG_STREAM_NAME": f"local/[$LATEST]{os.urandom(16).hex()}",
        "AWS_LAMBDA_RUNTIME_API": runtime_api,
        "LAMBDA_TASK_ROOT": str(app),
        "_HANDLER": function.handler,
        "PYTHONPATH": os.pathsep.join((str(HOOK_DIRECTORY), str(app))),
        "AWS_ENDPOINT_URL_LAMBDA": endpoints.functions,
        "AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI": endpoints.management,
    }
    if endpoints.aws:
        variables["AWS_ENDPOINT_URL"] = endpoints.aws
    return variables | function.environment | dict(extra)
