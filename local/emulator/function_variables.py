"""Variables that a template gives to functions: the emulator works their values out, as outputs of its stack.

``chalice package --merge-template`` merges the template into Chalice's own, in which functions have logical
ids such as ``WebsocketMessage``. So a template may say of a function nothing but its variables, and take them
from its tables: https://aws.github.io/chalice/tutorials/wschat.html.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

EVERY_FUNCTION = "*"
"""Stands for the logical id of a function where the template speaks of all of them."""
NO_VALUE = "AWS::NoValue"

_OUTPUT = "LocalStackVariable"
_FUNCTION_TYPES = (None, "AWS::Serverless::Function", "AWS::Lambda::Function")
_SUBSTITUTED = re.compile(r"\$\{([^!}][^}]*)\}")
_PLACEHOLDER = re.compile(r"\[\[([^]\[]+)\]\]")
_UNKNOWN_TO_THE_EMULATOR = ("Fn::ImportValue", "Fn::Transform", "{{resolve:")


@dataclass(frozen=True)
class FunctionVariable:
    """One variable of one function."""

    function: str
    """Logical id, or :data:`EVERY_FUNCTION`."""
    name: str
    written: Any
    """Its value as the template writes it."""
    text: str | None = None
    """Its value, which may hold placeholders; None where the emulator cannot work it out."""


def function_variables(template: dict[str, Any]) -> list[FunctionVariable]:
    """Return what a template gives to functions; what it gives to all of them comes first."""
    everywhere = template.get("Globals", {}).get("Function", {})
    found = [(EVERY_FUNCTION, everywhere)]
    found += [
        (name, resource.get("Properties") or {})
        for name, resource in template["Resources"].items()
        if resource.get("Type") in _FUNCTION_TYPES
    ]
    return [
        FunctionVariable(function, name, value)
        for function, properties in found
        for name, value in (properties.get("Environment", {}).get("Variables") or {}).items()
    ]


def variable_outputs(template: dict[str, Any], here: Iterable[str]) -> dict[str, Any]:
    """Outputs that make the emulator work the variables out.

    Parameters
    ----------
    here
        Logical ids and parameters that the emulator knows. References to others become placeholders.
    """
    known = set(here)
    return {
        f"{_OUTPUT}{number}": {"Value": _with_placeholders(variable.written, known)}
        for number, variable in enumerate(function_variables(template))
        if isinstance(variable.written, dict) and not _beyond_the_emulator(variable.written)
    }


def worked_out(template: dict[str, Any], outputs: dict[str, str]) -> list[FunctionVariable]:
    """Return the variables with their values; those that are to have no value are left out.

    Parameters
    ----------
    outputs
        Those of the emulator's stack. The ones that are about variables are taken out of it.
    """
    found = []
    for number, variable in enumerate(function_variables(template)):
        text = outputs.pop(f"{_OUTPUT}{number}", None)
        if not isinstance(variable.written, dict) and not _beyond_the_emulator(variable.written):
            # CloudFormation makes text of numbers and truth values.
            text = variable.written if isinstance(variable.written, str) else json.dumps(variable.written)
        if text != f"[[{NO_VALUE}]]":
            found.append(replace(variable, text=text))
    return found


def filled_in(variable: FunctionVariable, names: Mapping[str, str]) -> tuple[str, set[str]]:
    """Return the value with names for placeholders, and what it refers to that has no name."""
    if variable.text is None:
        return "", {json.dumps(variable.written, ensure_ascii=False)}
    missing = {name for name in _PLACEHOLDER.findall(variable.text) if name not in names}
    return _PLACEHOLDER.sub(lambda found: names.get(found[1], found[0]), variable.text), missing


def _beyond_the_emulator(value: Any) -> bool:
    text = json.dumps(value)
    return any(mark in text for mark in _UNKNOWN_TO_THE_EMULATOR)


def _with_placeholders(value: Any, known: set[str]) -> Any:
    if isinstance(value, list):
        return [_with_placeholders(each, known) for each in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"Ref"}:
        name = str(value["Ref"])
        return value if _is_known(name, known) else f"[[{name}]]"
    if set(value) == {"Fn::GetAtt"}:
        parts = value["Fn::GetAtt"]
        parts = parts.split(".", 1) if isinstance(parts, str) else [str(part) for part in parts]
        return {"Fn::GetAtt": parts} if parts[0] in known else f"[[{'.'.join(parts)}]]"
    if set(value) == {"Fn::Sub"}:
        return {"Fn::Sub": _substituted(value["Fn::Sub"], known)}
    return {key: _with_placeholders(each, known) for key, each in value.items()}


def _substituted(value: Any, known: set[str]) -> Any:
    text, own = (value, {}) if isinstance(value, str) else (value[0], value[1])

    def placeholder(found: re.Match[str]) -> str:
        name = found[1].strip()
        is_known = name in own or _is_known(name.partition(".")[0], known)
        return found[0] if is_known else f"[[{name}]]"

    filled = _SUBSTITUTED.sub(placeholder, text)
    return [filled, _with_placeholders(own, known)] if own else filled


def _is_known(name: str, known: set[str]) -> bool:
    return name in known or (name.startswith("AWS::") and name != NO_VALUE)
