"""The part of a CloudFormation template that the emulator gets: its tables and buckets, as AWS gets them."""

import json
from pathlib import Path
from typing import Any

import yaml

from local.emulator.function_variables import variable_outputs
from local.errors import StackError

_TABLE = "AWS::DynamoDB::Table"
_BUCKET = "AWS::S3::Bucket"
_ATTRIBUTES: dict[str, dict[str, str]] = {
    # What MiniStack cannot do, with the reason for which the emulator is not given it. Everything else stays.
    _TABLE: {
        "SSESpecification": "encryption at rest has no meaning for a file of this machine",
        "PointInTimeRecoverySpecification": "MiniStack's provisioner ignores it",
        "DeletionProtectionEnabled": "`make reset` must be able to forget everything",
        "ContributorInsightsSpecification": "no CloudWatch here",
        "KinesisStreamSpecification": "no Kinesis here",
    },
    _BUCKET: {
        "BucketEncryption": "as for tables",
        "PublicAccessBlockConfiguration": "the bucket listens on loopback alone",
        "LifecycleConfiguration": "nothing expires locally",
        "OwnershipControls": "one account",
        "LoggingConfiguration": "its target may be a resource that is not here",
        "ReplicationConfiguration": "one region",
        "NotificationConfiguration": "its target may be a resource that is not here",
    },
}


class _Loader(yaml.CSafeLoader):
    """YAML with CloudFormation's short forms (``!Ref``, ``!Sub`` …) as their long ones."""


def _intrinsic(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    name = suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}"
    value: Any
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
        if suffix == "GetAtt":
            value = str(value).split(".", 1)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    elif isinstance(node, yaml.MappingNode):
        value = loader.construct_mapping(node, deep=True)
    else:
        raise yaml.YAMLError(f"!{suffix} has no value that could be understood")
    return {name: value}


_Loader.add_multi_constructor("!", _intrinsic)


def load_template(path: Path) -> dict[str, Any]:
    """Read a template in YAML or JSON.

    Raises
    ------
    StackError
        It cannot be read or has no resources.
    """
    try:
        # _Loader is a SafeLoader with CloudFormation's tags.
        template = yaml.load(path.read_text("utf-8"), Loader=_Loader)  # noqa: S506
    except (OSError, yaml.YAMLError) as error:
        raise StackError(f"The template {path} cannot be read: {error}") from error
    if not isinstance(template, dict) or not isinstance(template.get("Resources"), dict):
        raise StackError(f"The template {path} has no Resources: is it a CloudFormation template?")
    return template


def storage_part(template: dict[str, Any]) -> dict[str, Any]:
    """The tables and buckets of a template, with the parameters, mappings and conditions they may refer to.

    Outputs are kept where they name nothing else, and outputs that work out the variables of functions are
    added. A reference from a table to a resource of another kind is left in place, and the emulator says so.
    """
    resources = {
        name: _for_emulator(resource)
        for name, resource in template["Resources"].items()
        if resource.get("Type") in _ATTRIBUTES
    }
    kept = {"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}
    for section in ("Parameters", "Mappings", "Conditions"):
        if section in template:
            kept[section] = template[section]
    missing = template["Resources"].keys() - resources.keys()
    outputs = {
        name: {key: value for key, value in output.items() if key != "Export"}
        for name, output in template.get("Outputs", {}).items()
        if not _names(output) & missing
    }
    outputs |= variable_outputs(template, here=[*resources, *template.get("Parameters", {})])
    return kept | ({"Outputs": outputs} if outputs else {})


def time_to_live(template: dict[str, Any]) -> dict[str, Any]:
    """Logical table name to its ``TimeToLiveSpecification``, which MiniStack's CloudFormation ignores."""
    return {
        name: resource["Properties"]["TimeToLiveSpecification"]
        for name, resource in template["Resources"].items()
        if resource["Type"] == _TABLE and "TimeToLiveSpecification" in resource.get("Properties", {})
    }


def _for_emulator(resource: dict[str, Any]) -> dict[str, Any]:
    dropped = _ATTRIBUTES[resource["Type"]]
    kept_keys = ("Type", "Properties", "Condition", "DeletionPolicy", "UpdateReplacePolicy")
    kept = {key: value for key, value in resource.items() if key in kept_keys}
    properties = resource.get("Properties", {})
    return kept | {"Properties": {key: value for key, value in properties.items() if key not in dropped}}


def _names(value: Any) -> set[str]:
    """Every word of a structure, split at what separates names in ``Fn::Sub``: more than it refers to."""
    text = json.dumps(value)
    for separator in '"${}.!':
        text = text.replace(separator, " ")
    return set(text.split())
