"""Runs ``python -m deploy_extras``."""

import sys
from pathlib import Path

# The bundled trainer imports its features from the application, which is not an installed package.
sys.path.insert(0, str(Path(__file__).parents[1] / "chalice_app"))

from deploy_extras.cli import main

if __name__ == "__main__":
    sys.exit(main())
