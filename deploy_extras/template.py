"""The CloudFormation template of what Chalice does not make."""

import json
from pathlib import Path
from typing import Any

TEMPLATE = Path(__file__).with_name("template.yaml")


def load() -> dict[str, Any]:
    """Return the template with its short forms, such as ``!Ref``, written out.

    Raises
    ------
    ValueError
        The file is not a CloudFormation template; the message says where.
    """
    # cfn-lint takes half a second to import, and most commands need the path alone.
    from cfnlint.decode import decode  # noqa: PLC0415

    template, problems = decode(str(TEMPLATE))
    if template is None or problems:
        raise ValueError(f"{TEMPLATE} cannot be read: {'; '.join(map(str, problems))}")
    # Without the line numbers that cfn-lint keeps in every value.
    plain: dict[str, Any] = json.loads(json.dumps(template))
    return plain
