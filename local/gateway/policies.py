"""Policies that authorizers answer with: which methods of an API they let a caller invoke.

An explicit denial wins, and nothing is allowed that no statement allows. Source:
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
"""

import re
from enum import Enum
from typing import Any

_ACTION = "execute-api:Invoke"


class Decision(Enum):
    """What a policy says of one method."""

    ALLOWED = "allowed"
    DENIED = "denied"
    NOT_ALLOWED = "not allowed"


class PolicyError(Exception):
    """It is no policy, or one that only IAM itself can evaluate."""


def decide(policy: Any, method_arn: str) -> Decision:
    """Evaluate a policy document for the ARN of a method.

    Raises
    ------
    PolicyError
        The document has no statements, or one with a condition.
    """
    statements = policy.get("Statement") if isinstance(policy, dict) else None
    if isinstance(statements, dict):
        statements = [statements]
    if not isinstance(statements, list):
        raise PolicyError("its policyDocument has no Statement")
    effects = {
        statement.get("Effect") for statement in map(_checked, statements) if _applies(statement, method_arn)
    }
    if "Deny" in effects:
        return Decision.DENIED
    return Decision.ALLOWED if "Allow" in effects else Decision.NOT_ALLOWED


def _checked(statement: Any) -> dict[str, Any]:
    if not isinstance(statement, dict) or statement.get("Effect") not in ("Allow", "Deny"):
        raise PolicyError("a statement of its policyDocument has no Effect that is Allow or Deny")
    if "Condition" in statement:
        raise PolicyError(
            "a statement of its policyDocument has a Condition, which the local stack cannot evaluate"
        )
    return statement


def _applies(statement: dict[str, Any], method_arn: str) -> bool:
    return _covers(statement, "Action", _ACTION, re.IGNORECASE) and _covers(statement, "Resource", method_arn)


def _covers(statement: dict[str, Any], element: str, value: str, flags: int = 0) -> bool:
    if element in statement:
        return _matches(statement[element], value, flags)
    negated = f"Not{element}"
    return negated in statement and not _matches(statement[negated], value, flags)


def _matches(patterns: Any, value: str, flags: int) -> bool:
    """Whether one of the patterns matches, in which ``*`` is any text and ``?`` any character."""
    for pattern in [patterns] if isinstance(patterns, str) else patterns:
        expression = re.escape(str(pattern)).replace(r"\*", ".*").replace(r"\?", ".")
        if re.fullmatch(expression, value, flags | re.DOTALL):
            return True
    return False
