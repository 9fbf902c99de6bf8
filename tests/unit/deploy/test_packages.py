"""The packages that are kept, and what a rollback needs."""

import base64
import io
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from deploy_extras import names
from deploy_extras.choices import Choices
from deploy_extras.cloud import Cloud
from deploy_extras.errors import DeployError
from deploy_extras.packages import Packages
from deploy_extras.record import Record
from deploy_extras.rollback import rollback
from tests.unit.deploy.stage import BUCKET

_ROLE = "arn:aws:iam::123456789012:role/role"


def archive(text: str) -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as made:
        made.writestr(zipfile.ZipInfo("app.py"), text)
    return found.getvalue()


def keep(cloud: Cloud, folder: Path, name: str, runtime: str = "python3.13") -> str:
    """Keep a package as a deployment does; return its hash."""
    file = folder / f"{name}.zip"
    file.write_bytes(archive(name))
    Packages(cloud, BUCKET).keep(file, version=name, runtime=runtime, architecture="arm64")
    return sha256(file.read_bytes()).hexdigest()


def kept(cloud: Cloud) -> list[str]:
    return [package.version for package in Packages(cloud, BUCKET).load()[1]]


def stored(cloud: Cloud) -> set[str]:
    found = cloud.client("s3").list_objects_v2(Bucket=BUCKET, Prefix="deployment/packages/")
    return {
        each["Key"].removeprefix("deployment/packages/").removesuffix(".zip") for each in found["Contents"]
    }


def test_the_last_three_packages_are_kept(cloud: Cloud, tmp_path: Path) -> None:
    hashes = [keep(cloud, tmp_path, name) for name in ("one", "two", "three", "four")]
    assert kept(cloud) == ["four", "three", "two"]
    assert stored(cloud) == set(hashes[1:])


def test_deploying_the_live_package_again_changes_nothing(cloud: Cloud, tmp_path: Path) -> None:
    for name in ("one", "two", "two"):
        keep(cloud, tmp_path, name)
    assert kept(cloud) == ["two", "one"]


@pytest.fixture
def stage(cloud: Cloud) -> Cloud:
    """Make the functions and a stack, which a rollback asks for."""
    cloud.client("cloudformation").create_stack(
        StackName="undertone-dev",
        TemplateBody='{"Resources": {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {}}}}',
    )
    trust = '{"Version": "2012-10-17", "Statement": []}'
    arn = cloud.client("iam").create_role(RoleName="role", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    for name in names.FUNCTIONS:
        cloud.client("lambda").create_function(
            FunctionName=names.function("dev", name),
            Role=arn,
            Runtime="python3.13",
            Handler="app.app",
            Code={"ZipFile": archive("two")},
        )
    return cloud


def running(cloud: Cloud) -> set[str]:
    """Return the hashes of what the functions run."""
    client = cloud.client("lambda")
    functions = [client.get_function(FunctionName=names.function("dev", name)) for name in names.FUNCTIONS]
    return {base64.b64decode(each["Configuration"]["CodeSha256"]).hex() for each in functions}


def test_rollbacks_go_back_step_by_step(stage: Cloud, tmp_path: Path) -> None:
    one, two, _ = (keep(stage, tmp_path, name) for name in ("one", "two", "three"))
    rollback(stage, "dev")
    assert running(stage) == {two}
    rollback(stage, "dev")
    assert running(stage) == {one}
    with pytest.raises(DeployError, match="no package before the live one: one of"):
        rollback(stage, "dev")


def test_after_a_rollback_the_next_deployment_comes_before_what_was_live(
    stage: Cloud, tmp_path: Path
) -> None:
    _, two, _ = (keep(stage, tmp_path, name) for name in ("one", "two", "three"))
    rollback(stage, "dev")
    keep(stage, tmp_path, "four")
    assert kept(stage) == ["four", "two", "three"]
    rollback(stage, "dev")
    assert running(stage) == {two}


def test_a_package_for_another_python_is_refused_before_anything_changes(
    stage: Cloud, tmp_path: Path
) -> None:
    keep(stage, tmp_path, "one", runtime="python3.11")
    two = keep(stage, tmp_path, "two")
    with pytest.raises(DeployError, match=r"runs python3\.13, .* deploy it with python3\.11"):
        rollback(stage, "dev")
    assert running(stage) == {two}


def test_a_rollback_waits_for_no_deployment(stage: Cloud, tmp_path: Path) -> None:
    for name in ("one", "two"):
        keep(stage, tmp_path, name)
    refused = pytest.raises(DeployError, match="Another deployment of this stage is running: ada")
    with Record(stage, BUCKET).locked("ada@laptop"), refused:
        rollback(stage, "dev")


def test_a_stage_that_is_not_deployed_cannot_be_rolled_back(cloud: Cloud) -> None:
    with pytest.raises(DeployError, match="The stage dev is not deployed in us-east-1"):
        rollback(cloud, "dev")


def test_choices_are_remembered_until_others_are_made(cloud: Cloud) -> None:
    assert Choices.load(cloud, BUCKET) == Choices.load(cloud, "no-such-bucket") == Choices()
    Choices(trainer=False, architecture="x86_64").save(cloud, BUCKET)
    before = Choices.load(cloud, BUCKET)
    assert Choices().over(before) == Choices(trainer=False, architecture="x86_64")
    assert Choices(trainer=True).over(before) == Choices(trainer=True, architecture="x86_64")
    assert Choices(architecture="arm64").over(before) == Choices(trainer=False, architecture="arm64")
