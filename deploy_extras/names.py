"""Names of a stage's resources, as Chalice and the template form them."""

APP = "undertone"
API_STAGE = "api"
FUNCTIONS = (
    *("api_handler", "websocket_connect", "websocket_message", "websocket_disconnect"),
    *("deliver", "push", "call", "purge", "preview"),
)


def stack(stage: str) -> str:
    """Return the name of the CloudFormation stack."""
    return f"{APP}-{stage}"


def trainer_stack(stage: str) -> str:
    """Return the name of the trainer's CloudFormation stack."""
    return f"{APP}-{stage}-trainer"


def function(stage: str, name: str) -> str:
    """Return the name of a function; Chalice names the REST API's function after the stage alone."""
    return f"{APP}-{stage}" if name == "api_handler" else f"{APP}-{stage}-{name}"


def role(stage: str, name: str) -> str:
    """Return the name of a function's role and of the role's only inline policy."""
    return f"{APP}-{stage}-{name}"


def websocket_api(stage: str) -> str:
    """Return the name of the WebSocket API."""
    return f"{APP}-{stage}-websocket-api"


def models_bucket(stage: str, account: str) -> str:
    """Return the name of the model bucket, which also holds Chalice's record."""
    return f"{APP}-{stage}-models-{account}"


def files_bucket(stage: str, account: str) -> str:
    """Return the name of the bucket with the files of messages."""
    return f"{APP}-{stage}-files-{account}"


def site_bucket(stage: str, account: str) -> str:
    """Return the name of the bucket behind CloudFront."""
    return f"{APP}-{stage}-site-{account}"
