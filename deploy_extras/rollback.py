"""Gives the functions their earlier package again. Data, site, APIs and permissions stay as they are."""

import base64

from deploy_extras import home, names
from deploy_extras.cloud import Cloud
from deploy_extras.console import say
from deploy_extras.errors import DeployError
from deploy_extras.packages import Package, Packages
from deploy_extras.record import Record


def rollback(cloud: Cloud, stage: str, *, unlock: bool = False) -> None:
    """Return to the package before the live one. An interrupted run is completed by the next.

    Raises
    ------
    DeployError
        The stage is not here, there is no earlier package, it needs another version of Python, or somebody
        else deploys at the same time.
    """
    home.require(cloud, stage)
    bucket = names.models_bucket(stage, cloud.account)
    with Record(cloud, bucket).locked(force=unlock):
        packages = Packages(cloud, bucket)
        live, kept = packages.load()
        before = kept[kept.index(live) + 1 :] if live else []
        if not before:
            raise DeployError(f"There is no package before the live one: {live or 'none is kept yet'}.")
        target = before[0]
        _check_runtime(cloud, stage, target)
        for name in names.FUNCTIONS:
            _give(cloud, names.function(stage, name), bucket, target)
        packages.make_live(target)
    say(f"The functions of {stage} run {target} again, in place of {live}.")


def _check_runtime(cloud: Cloud, stage: str, target: Package) -> None:
    """Refuse a package for another Python: code and runtime of a function are not changed in one step."""
    for name in names.FUNCTIONS:
        function = names.function(stage, name)
        runtime = cloud.client("lambda").get_function_configuration(FunctionName=function)["Runtime"]
        if runtime != target.runtime:
            raise DeployError(
                f"The function {function} runs {runtime}, and the package before is {target}. Nothing was "
                f"changed: check that version out and deploy it with {target.runtime}."
            )


def _give(cloud: Cloud, function: str, bucket: str, package: Package) -> None:
    client = cloud.client("lambda")
    made = client.update_function_code(
        FunctionName=function, S3Bucket=bucket, S3Key=package.key, Architectures=[package.architecture]
    )
    client.get_waiter("function_updated_v2").wait(FunctionName=function)
    if base64.b64decode(made["CodeSha256"]).hex() != package.sha256:
        raise DeployError(f"{function} has the code {made['CodeSha256']}, which is not that of {package}.")
