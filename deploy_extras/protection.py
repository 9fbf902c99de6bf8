"""The deletion protection of tables, which a stack gets only once its creation has succeeded.

A creation that fails is rolled back, and a protected table would keep the rollback from ending.
"""

from collections.abc import Iterable

from botocore.exceptions import ClientError

from deploy_extras.cloud import Cloud, error_code

_PARAMETER = "DeletionProtection"


def before(*, exists: bool) -> dict[str, str | None]:
    """Return the parameter for the first application of the stack; None keeps its value."""
    return {_PARAMETER: None if exists else "false"}


def after(stage: str, chosen: Iterable[str]) -> dict[str, str]:
    """Return the parameter for the last application: `prod` is protected, unless this run chose otherwise."""
    return {_PARAMETER: "true"} if stage == "prod" and _PARAMETER not in chosen else {}


def unprotect(cloud: Cloud, table: str) -> None:
    """Turn off the deletion protection of a table, if there is one."""
    try:
        cloud.client("dynamodb").update_table(TableName=table, DeletionProtectionEnabled=False)
    except ClientError as error:
        # "No change" is a ValidationException; a missing table has no protection.
        if error_code(error) not in ("ResourceNotFoundException", "ValidationException"):
            raise
