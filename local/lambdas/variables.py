"""The environment of a worker: what Lambda sets, where the local services are, and the function's own."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from local.application import Function
from local.lambdas.sandbox import Sandbox

HOOK_DIRECTORY = Path(__file__).parent.parent / "inside" / "hook"
ACCOUNT_ID = "000000000000"
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local"}
# Needed by the interpreter on some systems to find its libraries; they carry no settings of the developer.
_INHERITED = ("LD_LIBRARY_PATH", "SYSTEMROOT", "SSL_CERT_FILE")


def function_arn(region: str, name: str) -> str:
    """ARN of a function in the emulated account."""
    return f"arn:aws:lambda:{region}:{ACCOUNT_ID}:function:{name}"


def function_name(identifier: str) -> str:
    """Return the name in a function name, partial ARN or ARN, without its version or alias."""
    parts = identifier.split(":")
    if parts[0] == "arn":
        return parts[6] if len(parts) > 6 else identifier
    if "function" in parts:
        return parts[parts.index("function") + 1]
    return parts[0]


def sandbox_variables(sandbox: Sandbox, own: Mapping[str, str]) -> dict[str, str]:
    """Return what any process that holds the application's code gets.

    Nothing of the developer's account is in it.

    Parameters
    ----------
    own
        Variables of the application, which win; those of the command line win over them.
    """
    variables = {name: os.environ[name] for name in _INHERITED if name in os.environ} | {
        "PATH": os.defpath,
        "HOME": str(sandbox.home),
        "LANG": "C.UTF-8",
        "TZ": ":UTC",
        "AWS_REGION": sandbox.region,
        "AWS_DEFAULT_REGION": sandbox.region,
        # botocore must neither read the developer's profile nor ask the network for credentials.
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        **CREDENTIALS,
        "LAMBDA_TASK_ROOT": str(sandbox.task_root),
        # Read by the hook, and gone before the application sees it.
        "LOCAL_STACK_PROJECT": str(sandbox.project),
        "AWS_ENDPOINT_URL_LAMBDA": sandbox.endpoints.functions,
        "AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI": sandbox.endpoints.management,
    }
    if sandbox.endpoints.aws:
        variables["AWS_ENDPOINT_URL"] = sandbox.endpoints.aws
    variables |= {**own, **sandbox.extra}
    if any(name.upper().endswith("_PROXY") for name in variables):
        # A proxy that the application has on AWS must not be asked for what is on this machine.
        for name in ("NO_PROXY", "no_proxy"):
            variables[name] = ",".join(filter(None, (variables.get(name), "127.0.0.1")))
    # The hook must be found first, also by an application that sets a path of its own.
    path = [str(HOOK_DIRECTORY), str(sandbox.task_root), variables.get("PYTHONPATH", "")]
    variables["PYTHONPATH"] = os.pathsep.join(filter(None, path))
    return variables


def worker_variables(function: Function, sandbox: Sandbox, *, runtime_api: str) -> dict[str, str]:
    """Everything in the environment of one worker."""
    of_lambda = {
        "AWS_EXECUTION_ENV": f"AWS_Lambda_python{sys.version_info.major}.{sys.version_info.minor}",
        "AWS_LAMBDA_FUNCTION_NAME": function.name,
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_mb),
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_GROUP_NAME": f"/aws/lambda/{function.name}",
        "AWS_LAMBDA_LOG_STREAM_NAME": f"local/[$LATEST]{os.urandom(16).hex()}",
        "AWS_LAMBDA_RUNTIME_API": runtime_api,
        "_HANDLER": function.handler,
    }
    return sandbox_variables(sandbox, of_lambda | function.environment)
