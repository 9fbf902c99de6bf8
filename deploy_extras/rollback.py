"""Gives the functions their earlier package again. Data, site, APIs and permissions stay as they are."""

import base64

from deploy_extras import home, names
from deploy_extras.cloud import Cloud
from deploy_extras.console import say
from deploy_extras.errors import DeployError
from deploy_extras.packages import Package, Packages


def rollback(cloud: Cloud, stage: str, bucket: str) -> Package:
    """Return to the package before the live one; return it. An interrupted run is completed by the next.

    Raises
    ------
    DeployError
        The stage is in another region, there is no earlier package, or it needs another version of Python.
    """
    home.require(cloud, stage)
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
    say(f"the functions run {target} again, in place of {live}")
    return target


def _check_runtime(cloud: Cloud, stage: str, target: Package) -> None:
    """Refuse a package for another Python: code and runtime of a function are not changed in one step."""
    for name in names.FUNCTIONS:
        function = names.function(stage, name)
        runtime = cloud.client("lambda").get_function_configuration(FunctionName=function)["Runtime"]
        if runtime != target.runtime:
            raise DeployError(
                f"The function {function} runs {runtime}, and the package before it is {target}. Check that "
                f"version out and deploy it with {target.runtime}."
            )


def _give(cloud: Cloud, function: str, bucket: str, package: Package) -> None:
    client = cloud.client("lambda")
    made = client.update_function_code(
        FunctionName=function, S3Bucket=bucket, S3Key=package.key, Architectures=[package.architecture]
    )
    client.get_waiter("function_updated_v2").wait(FunctionName=function)
    if base64.b64decode(made["CodeSha256"]).hex() != package.sha256:
        raise DeployError(f"{function} has the code {made['CodeSha256']}, which is not that of {package}.")
