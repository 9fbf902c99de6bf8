"""Names of what a stage consists of; Chalice and the template spell them the same way."""

import re

APP = "undertone"
API_STAGE = "api"
FUNCTIONS = ("api_handler", "websocket_connect", "websocket_message", "websocket_disconnect", "deliver")

_STAGE = re.compile(r"[a-z][a-z0-9-]{0,15}")


def is_stage(name: str) -> bool:
    """Whether a stage can have this name."""
    return _STAGE.fullmatch(name) is not None


def stack(stage: str) -> str:
    """Return the name of the CloudFormation stack."""
    return f"{APP}-{stage}"


def function(stage: str, name: str) -> str:
    """Return the name of a function; the one behind the REST API has none of its own."""
    return f"{APP}-{stage}" if name == "api_handler" else f"{APP}-{stage}-{name}"


def role(stage: str, name: str) -> str:
    """Return the name of a function's role, which is also that of its one inline policy."""
    return f"{APP}-{stage}-{name}"


def websocket_api(stage: str) -> str:
    """Return the name of the WebSocket API."""
    return f"{APP}-{stage}-websocket-api"


def models_bucket(stage: str, account: str) -> str:
    """Return the name of the bucket of models, which also keeps Chalice's record."""
    return f"{APP}-{stage}-models-{account}"
