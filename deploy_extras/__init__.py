"""Undertone on AWS: the command that deploys, and what it deploys beside the application."""

import sys
from pathlib import Path

# Alarms watch the application's metrics, and it is no installed package.
sys.path.insert(0, str(Path(__file__).parents[1] / "chalice_app"))
