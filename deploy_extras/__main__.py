"""Runs ``python -m deploy_extras``."""

import sys
from pathlib import Path

# The trainer, which is bundled, has its featuriser in the application, which is no installed package.
sys.path.insert(0, str(Path(__file__).parents[1] / "chalice_app"))

from deploy_extras.cli import main

if __name__ == "__main__":
    sys.exit(main())
