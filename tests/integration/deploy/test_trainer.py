"""The script that the trainer's instance runs, in an environment that has nothing, against the emulator."""

import hashlib
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deploy_extras import bundle
from deploy_extras.pipeline import TEMPLATE
from local.emulator.template import load_template
from tests.integration.deploy import emulators

BUCKET = "undertone-test-models"
_SCRIPT = "/usr/local/sbin/undertone-trainer"
# A trainer of one file, which says with what it runs, and ends as it is told.
_TRAINER = """import os, sys, six
print("trained with six", six.__version__, sys.argv[1:], sys.prefix)
sys.exit(int(os.environ.get("TRAINER_EXIT", "0")))
"""


def boot_script() -> str:
    """Return the script that the first boot installs, out of the template's user data."""
    data = load_template(TEMPLATE)["Resources"]["TrainerTemplate"]["Properties"]["LaunchTemplateData"][
        "UserData"
    ]
    text = "".join(part for part in data["Fn::Base64"]["Fn::Join"][1] if isinstance(part, str))
    return text.split(f"cat > {_SCRIPT} <<'END'\n")[1].split("\nEND\n")[0] + "\n"


@pytest.fixture(scope="module")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with emulators.ministack(tmp_path_factory.mktemp("aws")) as url:
        emulators.client("s3", url).create_bucket(Bucket=BUCKET)
        yield url


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("bundle")
    (folder / "requirements.txt").write_text("six==1.17.0\n")
    (folder / "trainer").mkdir()
    (folder / "trainer" / "__main__.py").write_text(_TRAINER)
    wheels = bundle.download(folder / "requirements.txt", folder / "wheels", ("any",))
    return bundle.pack(wheels, {"trainer": folder / "trainer"})


class Instance:
    """A machine with bash, coreutils, tar and Python, an `aws` command, and nothing else."""

    def __init__(self, folder: Path, aws: str) -> None:
        self.folder = folder
        self.aws = aws
        tools = folder / "bin"
        tools.mkdir()
        wanted = ("bash", "cat", "date", "mkdir", "rm", "sha256sum", "tar", "tee", "gzip")
        for name in wanted:
            found = shutil.which(name)
            assert found, name
            (tools / name).symlink_to(found)
        (tools / bundle_python()).symlink_to(getattr(sys, "_base_executable", sys.executable))
        script = tools / "aws"
        script.write_text(f"#!{sys.executable}\n{Path(__file__).with_name('aws_command.py').read_text()}")
        script.chmod(script.stat().st_mode | stat.S_IEXEC)
        (folder / "undertone-trainer").write_text(boot_script())

    def boot(self, key: str, sha256: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        """Run the script as its unit does, with a parameter that names a bundle."""
        emulators.client("ssm", self.aws).put_parameter(
            Name="/undertone/test/trainer-bundle", Type="String", Value=f"{key} {sha256}", Overwrite=True
        )
        return subprocess.run(
            ["bash", str(self.folder / "undertone-trainer")],
            env={
                **emulators.variables(self.aws),
                **{
                    "PATH": str(self.folder / "bin"),
                    "HOME": str(self.folder),
                    "WORK": str(self.folder / "work"),
                },
                **{"STAGE": "test", "BUCKET": BUCKET, "TABLE": "undertone-test-messages"},
                **environment,
            },
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def metric(self) -> list[float]:
        """Return every value of the metric that the alarm watches."""
        found = emulators.client("cloudwatch", self.aws).get_metric_statistics(
            Namespace="Undertone",
            MetricName="TrainerFailed",
            Dimensions=[{"Name": "Stage", "Value": "test"}],
            StartTime="2020-01-01T00:00:00Z",
            EndTime="2100-01-01T00:00:00Z",
            Period=3600,
            Statistics=["Maximum"],
        )
        return [point["Maximum"] for point in found["Datapoints"]]

    def logs(self) -> str:
        """Return what stands in the logs in the bucket."""
        s3 = emulators.client("s3", self.aws)
        keys = [
            o["Key"] for o in s3.list_objects_v2(Bucket=BUCKET, Prefix="trainer/logs/").get("Contents", [])
        ]
        return "".join(s3.get_object(Bucket=BUCKET, Key=key)["Body"].read().decode() for key in keys)


def bundle_python() -> str:
    """Return the name of the Python that a bundle asks for."""
    return f"python{bundle.PYTHON}"


@pytest.fixture
def instance(tmp_path: Path, aws: str) -> Instance:
    return Instance(tmp_path, aws)


def upload(aws: str, archive: bytes) -> tuple[str, str]:
    sha256 = hashlib.sha256(archive).hexdigest()
    emulators.client("s3", aws).put_object(Bucket=BUCKET, Key=f"trainer/bundles/{sha256}.tar", Body=archive)
    return f"trainer/bundles/{sha256}.tar", sha256


def test_it_trains_with_the_bundle_alone_and_leaves_its_log(instance: Instance, archive: bytes) -> None:
    ended = instance.boot(*upload(instance.aws, archive))
    assert ended.returncode == 0, ended.stdout + ended.stderr
    log = instance.logs()
    assert "trained with six 1.17.0" in log
    assert f"['run', '--bucket', '{BUCKET}', '--table', 'undertone-test-messages']" in log
    assert str(instance.folder / "work" / "venv") in log
    assert instance.metric() == [0.0]


def test_a_bundle_that_is_not_what_the_stack_names_is_not_run(instance: Instance, archive: bytes) -> None:
    key, _ = upload(instance.aws, archive)
    ended = instance.boot(key, "0" * 64)
    assert ended.returncode != 0
    assert "trained" not in ended.stdout
    assert max(instance.metric()) == 1.0


def test_a_failure_raises_the_alarm_and_leaves_its_log(instance: Instance, archive: bytes) -> None:
    ended = instance.boot(*upload(instance.aws, archive), TRAINER_EXIT="3")
    assert ended.returncode == 3
    assert "ended with 3 after" in instance.logs()
    assert max(instance.metric()) == 1.0


def test_the_unit_powers_off_however_it_ends() -> None:
    data: dict[str, Any] = load_template(TEMPLATE)["Resources"]["TrainerTemplate"]["Properties"]
    text = str(data["LaunchTemplateData"]["UserData"])
    for line in ("SuccessAction=poweroff", "FailureAction=poweroff", "TimeoutStartSec=2h"):
        assert line in text
    assert os.linesep + "set -euo pipefail" in boot_script()
