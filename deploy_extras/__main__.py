"""Runs ``python -m deploy_extras``."""

import sys

from deploy_extras.cli import main

if __name__ == "__main__":
    sys.exit(main())
