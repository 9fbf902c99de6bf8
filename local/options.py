"""What one run of the stack was asked to do."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from local.commands import Scheduled
from local.emulator.choice import DEFAULT_STORAGE
from local.limits import GatewayLimits, LambdaLimits


@dataclass(frozen=True)
class StackOptions:
    """Settings of a stack; ``python -m local --help`` explains each."""

    app: Path
    port: int = 8080
    host: str = "127.0.0.1"
    site: Path | None = None
    site_headers: dict[str, str] = field(default_factory=dict)
    stage: str = "dev"
    region: str = "us-east-1"
    env: dict[str, str] = field(default_factory=dict)
    template: Path | None = None
    parameters: dict[str, str] = field(default_factory=dict)
    identities: dict[str, dict[str, Any]] = field(default_factory=dict)
    state: Path = Path(".local-stack")
    storage: str = DEFAULT_STORAGE
    version: str = "local"
    site_config: dict[str, Any] = field(default_factory=dict)
    quiet: bool = False
    scheduled: tuple[Scheduled, ...] = ()
    reload: bool = True
    gateway: GatewayLimits = field(default_factory=GatewayLimits)
    functions: LambdaLimits = field(default_factory=LambdaLimits)
