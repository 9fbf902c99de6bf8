"""What the stack has to know of a Chalice application: its functions, routes and stage."""

import hashlib
from dataclasses import dataclass, field

REST_FUNCTION = "api_handler"
"""The name under which ``.chalice/config.json`` configures the function behind the REST routes."""


@dataclass(frozen=True)
class Function:
    """One Lambda function as ``chalice deploy`` would make it."""

    name: str
    """Full name, for example ``chat-dev-websocket_message``."""
    short_name: str
    """Name for people, for example ``websocket_message``."""
    handler: str
    logical_id: str
    """Name in the template that ``chalice package`` makes, for example ``WebsocketMessage``."""
    timeout_seconds: int
    memory_mb: int
    environment: dict[str, str] = field(default_factory=dict)
    keep_warm: bool = False
    """Whether one worker is started with the stack and stays."""


@dataclass(frozen=True)
class Authorizer:
    """What guards a route."""

    kind: str
    """``builtin``, ``custom``, ``cognito`` or ``iam``."""
    name: str
    header: str = "Authorization"
    """Where the token is that it reads."""
    function: str | None = None
    """Full name of the function that decides, if the application has it."""

    @property
    def described(self) -> str:
        """Name for people, for example ``the Cognito user pool authorizer 'people'``."""
        kinds = {"cognito": "the Cognito user pool authorizer", "custom": "the custom authorizer"}
        if self.kind == "iam":
            return "an AWS signature (IAM)"
        return f"{kinds.get(self.kind, 'the authorizer')} {self.name!r}"


@dataclass(frozen=True)
class Method:
    """One HTTP method of a REST route; ``cors`` holds the headers of its CORS configuration, or None."""

    cors: dict[str, str] | None
    authorizer: Authorizer | None = None
    api_key_required: bool = False


@dataclass(frozen=True)
class Application:
    """A described Chalice application, for one stage."""

    name: str
    stage: str
    """The Chalice stage."""
    api_stage: str
    """The stage name in the URL (``api_gateway_stage``)."""
    functions: dict[str, Function]
    """By full name."""
    rest_routes: dict[str, dict[str, Method]]
    """Path pattern, for example ``/rooms/{room}``, to HTTP method."""
    websocket_routes: dict[str, str]
    """Route key, for example ``$connect``, to the full name of its function."""
    binary_types: tuple[str, ...]
    notes: tuple[str, ...] = ()
    """What is not here as on AWS and whoever starts the stack should know, as sentences."""

    @property
    def rest_function(self) -> str:
        """Full name of the function behind the REST routes."""
        return f"{self.name}-{self.stage}"

    @property
    def api_id(self) -> str:
        """Id of the REST API and of the WebSocket API, in the shape that API Gateway gives them."""
        return hashlib.sha256(f"{self.name}-{self.stage}".encode()).hexdigest()[:10]

    def addresses(self, origin: str) -> dict[str, str]:
        """Return ``websocketUrl`` and ``restUrl`` below an origin, those that the application has.

        Parameters
        ----------
        origin
            Scheme, host and port of the gateway, for example ``http://127.0.0.1:8080``.
        """
        found = {}
        if self.websocket_routes:
            found["websocketUrl"] = f"ws{origin.removeprefix('http')}/ws"
        if self.rest_routes:
            found["restUrl"] = f"{origin}/{self.api_stage}"
        return found
