"""The copy of the site that `make run` serves with a look.

``python -m deploy_extras.look --chat-name NAME --logo FILE --accent '#5b2245' --style FILE
--out FOLDER``
"""

import argparse
import sys
from pathlib import Path

from deploy_extras import site
from deploy_extras.errors import DeployError
from deploy_extras.look import Look, dressed


def main() -> int:
    """Make the folder and print it; what somebody should know goes to standard error."""
    parser = argparse.ArgumentParser(prog="python -m deploy_extras.look")
    for option in ("--chat-name", "--logo", "--accent", "--style"):
        parser.add_argument(option)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    try:
        look = Look.chosen(given.chat_name, given.logo, given.accent, given.style).over(Look())
        notes = dressed(site.FOLDER, look, given.out)
    except DeployError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    sys.stderr.writelines(f"{note}\n" for note in notes)
    sys.stdout.write(f"{given.out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
