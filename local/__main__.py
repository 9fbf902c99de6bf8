"""Entry point of ``python -m local``."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this is what tells somebody with an older one
    sys.exit(
        f"The local stack needs Python 3.11 or newer; this is {sys.version.split()[0]} ({sys.executable})."
    )

from local.cli import main  # a newer Python is needed even to import it

sys.exit(main())
