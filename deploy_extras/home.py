"""The region in which a stage lives.

A stage's roles belong to the account and not to a region, and the name of its model bucket exists once in the
world. A command for the wrong region finds both and would change what another region's functions run on.
"""

from botocore.exceptions import ClientError

from deploy_extras import names, policies, retained
from deploy_extras.cloud import Cloud, error_code
from deploy_extras.errors import DeployError
from deploy_extras.stack import Stacks

_REGION = 3  # the field of an ARN


def refuse_elsewhere(cloud: Cloud, stage: str) -> None:
    """Refuse to go on if the stage is in another region; nothing is changed.

    Raises
    ------
    DeployError
        The bucket or a role of the stage belongs to another region; the message says which.
    """
    for what, region in _traces(cloud, stage):
        if region != cloud.region:
            raise DeployError(
                f"The stage {stage} is in {region} and not in {cloud.region}: {what} belongs there. "
                f"Nothing was changed. Set REGION={region}."
            )


def require(cloud: Cloud, stage: str) -> None:
    """Return if the stage is deployed in this region.

    Raises
    ------
    DeployError
        It is elsewhere, or nowhere.
    """
    refuse_elsewhere(cloud, stage)
    if Stacks(cloud).find(names.stack(stage)) is None:
        raise DeployError(f"The stage {stage} is not deployed in {cloud.region}: there is no stack.")


def is_here(cloud: Cloud, stage: str, stacks: Stacks) -> bool:
    """Whether anything of the stage is in this region.

    Raises
    ------
    DeployError
        There is nothing here, but there are roles, and none says to which region it belongs.
    """
    if stacks.find(names.stack(stage)) or _traces(cloud, stage) or retained.resources(cloud, stage):
        return True
    roles = [role for name in names.FUNCTIONS if _has_role(cloud, role := names.role(stage, name))]
    if roles:
        raise DeployError(
            f"There is no stack {names.stack(stage)} in {cloud.region}, but there is the role {roles[0]}: "
            "its function may be in another region. Nothing was changed. Set REGION to the region of the "
            "stage; if there is none, delete the roles in IAM."
        )
    return False


def bucket_region(cloud: Cloud, bucket: str) -> str | None:
    """Return the region of a bucket, or None if there is no such bucket."""
    try:
        response = cloud.client("s3").head_bucket(Bucket=bucket)["ResponseMetadata"]
    except ClientError as error:
        response = error.response["ResponseMetadata"]
        if response["HTTPStatusCode"] == 404:
            return None
        if response["HTTPStatusCode"] != 301:
            raise
    # S3 says it in every answer, also in the one that refers a request to another region.
    return str(response["HTTPHeaders"]["x-amz-bucket-region"])


def _traces(cloud: Cloud, stage: str) -> list[tuple[str, str]]:
    """Return what says in which region the stage is, each with that region."""
    bucket = names.models_bucket(stage, cloud.account)
    region = bucket_region(cloud, bucket)
    found = [(f"the bucket {bucket}", region)] if region else []
    for name in names.FUNCTIONS:
        role = names.role(stage, name)
        found += [(f"the role {role}", region) for region in _regions_of(cloud, role)]
    return found


def _regions_of(cloud: Cloud, role: str) -> set[str]:
    """Return the regions that a role's policy names; none if a run was killed before it had one."""
    try:
        document = cloud.client("iam").get_role_policy(RoleName=role, PolicyName=role)["PolicyDocument"]
    except ClientError as error:
        if error_code(error) == "NoSuchEntity":
            return set()
        raise
    statements = document["Statement"]
    arns = [
        arn for statement in statements for arn in policies.resources(statement) if arn.startswith("arn:")
    ]
    return {region for arn in arns if (region := arn.split(":")[_REGION]) not in ("", "*")}


def _has_role(cloud: Cloud, role: str) -> bool:
    try:
        cloud.client("iam").get_role(RoleName=role)
    except ClientError as error:
        if error_code(error) == "NoSuchEntity":
            return False
        raise
    return True
