"""Where functions run: the environment, the unpacked package, and the local services that they find."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from local.package import origin


@dataclass(frozen=True)
class Endpoints:
    """Where functions find the services: AWS's data stores, and this stack's Lambda and ``@connections``."""

    aws: str | None
    functions: str
    management: str


@dataclass(frozen=True)
class Sandbox:
    """What every process that holds the application's code is started with."""

    python: Path
    """Interpreter of the functions' environment."""
    task_root: Path
    """The unpacked package: the working directory, as on Lambda."""
    project: Path
    """Where the package comes from: the directory that holds ``.chalice/``."""
    home: Path
    """An empty home directory."""
    region: str
    endpoints: Endpoints
    extra: Mapping[str, str]
    """Variables of the command line, which win over the configuration."""

    def in_project(self, traceback: str) -> str:
        """Return a traceback with the files that a person can mend, instead of the copies that ran."""
        copies = rf'File "{re.escape(str(self.task_root))}/([^"]+)"'
        return re.sub(copies, lambda found: f'File "{origin(self.project, found[1])}"', traceback)
