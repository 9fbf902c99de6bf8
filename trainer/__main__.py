"""Runs ``python -m trainer``."""

import sys
from pathlib import Path

# The featuriser lives in the application, which is no installed package: Chalice ships it as a folder.
sys.path.insert(0, str(Path(__file__).parent.parent / "chalice_app"))

from trainer.cli import main

if __name__ == "__main__":
    sys.exit(main())
