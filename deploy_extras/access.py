"""What the stack stores of who may enter: the hashes of access and admin code, and how people sign in."""

from typing import Literal

from botocore.exceptions import ClientError

from chalicelib.domain.codes import HashedCode
from deploy_extras import names
from deploy_extras.cloud import Cloud, error_code

Kind = Literal["access", "admin"]
KINDS: tuple[Kind, ...] = ("access", "admin")


def chosen(cloud: Cloud, stage: str, given: str | None, kind: Kind = "access") -> str | None:
    """Return the hash for the stack: of a given code, "" for an empty one, None to keep what it has.

    A code that is in force already keeps its hash, for another salt would be a change of the stack.
    """
    if given is None:
        earlier = _parameter(cloud, stage, f"{kind}-code")
        return str(HashedCode.of(earlier)) if earlier else None
    if not given:
        return ""
    present = in_force(cloud, stage, kind)
    if present and HashedCode.parse(present).admits(given):
        return present
    return str(HashedCode.of(given))


def in_force(cloud: Cloud, stage: str, kind: Kind = "access") -> str:
    """Return the hash in force, or "" if there is no such code. A deployment from any machine finds it."""
    return _parameter(cloud, stage, f"{kind}-code-hash")


def sign_in_settings(cloud: Cloud, stage: str) -> dict[str, str]:
    """Return the settings in force that say how people sign in, those of the functions by their names."""
    lines = _parameter(cloud, stage, "sign-in").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


def _parameter(cloud: Cloud, stage: str, name: str) -> str:
    try:
        found = cloud.client("ssm").get_parameter(Name=f"/{names.APP}/{stage}/{name}")
    except ClientError as error:
        if error_code(error) == "ParameterNotFound":
            return ""
        raise
    return str(found["Parameter"]["Value"])
