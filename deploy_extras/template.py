"""The CloudFormation templates: of what Chalice does not make, and of the trainer.

``python -m deploy_extras.template`` prints the first as CloudFormation gets it.
"""

import json
import sys
from pathlib import Path
from typing import Any

import yaml

from deploy_extras import monitoring

TEMPLATE = Path(__file__).with_name("template.yaml")
TRAINER = Path(__file__).with_name("trainer.yaml")


class _Loader(yaml.CSafeLoader):
    """YAML as CloudFormation reads it: with its short forms, and with dates that are texts."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - as PyYAML has it
        first: [each for each in resolvers if each[0] != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


def _written_out(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    name = suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}"
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    if isinstance(node, yaml.MappingNode):
        return {name: loader.construct_mapping(node, deep=True)}
    assert isinstance(node, yaml.ScalarNode)  # noqa: S101 - there are no other kinds
    text = str(loader.construct_scalar(node))
    return {name: text.split(".", 1) if suffix == "GetAtt" else text}


_Loader.add_multi_constructor("!", _written_out)


def load(path: Path = TEMPLATE) -> dict[str, Any]:
    """Return a template with its short forms, such as ``!Ref``, written out.

    That of the stage also has the alarms, the saved queries and the dashboard, each made from one list.

    Raises
    ------
    ValueError
        The file is not a CloudFormation template; the message says where.
    """
    # cfn-lint, which `make lint` reads the templates with, would take a second to import alone.
    try:
        # _Loader is a SafeLoader with CloudFormation's tags.
        plain = yaml.load(path.read_bytes(), Loader=_Loader)  # noqa: S506
    except yaml.YAMLError as error:
        raise ValueError(f"{path} cannot be read: {error}") from error
    if not isinstance(plain, dict) or "Resources" not in plain:
        raise ValueError(f"{path} has no Resources: is it a CloudFormation template?")
    if path == TEMPLATE:
        for section, added in monitoring.part().items():
            plain[section] |= added
    return plain


def body(path: Path = TEMPLATE) -> str:
    """Return a template as CloudFormation gets it: JSON, for it may have 51,200 bytes at most."""
    return json.dumps(load(path), separators=(",", ":"))


if __name__ == "__main__":
    sys.stdout.write(body())
