"""The CloudFormation templates: of what Chalice does not make, and of the trainer.

``python -m deploy_extras.template`` prints the first as CloudFormation gets it.
"""

import json
import sys
from pathlib import Path
from typing import Any

from deploy_extras import monitoring

TEMPLATE = Path(__file__).with_name("template.yaml")
TRAINER = Path(__file__).with_name("trainer.yaml")


def load(path: Path = TEMPLATE) -> dict[str, Any]:
    """Return a template with its short forms, such as ``!Ref``, written out.

    That of the stage also has the alarms, the saved queries and the dashboard, each made from one list.

    Raises
    ------
    ValueError
        The file is not a CloudFormation template; the message says where.
    """
    # cfn-lint takes half a second to import, and most commands need the path alone.
    from cfnlint.decode import decode  # noqa: PLC0415

    template, problems = decode(str(path))
    if template is None or problems:
        raise ValueError(f"{path} cannot be read: {'; '.join(map(str, problems))}")
    # Without the line numbers that cfn-lint keeps in every value.
    plain: dict[str, Any] = json.loads(json.dumps(template))
    if path == TEMPLATE:
        for section, added in monitoring.part().items():
            plain[section] |= added
    return plain


def body(path: Path = TEMPLATE) -> str:
    """Return a template as CloudFormation gets it: JSON, for it may have 51,200 bytes at most."""
    return json.dumps(load(path), separators=(",", ":"))


if __name__ == "__main__":
    sys.stdout.write(body())
