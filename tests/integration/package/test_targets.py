"""Every version of Python and processor that Lambda offers has a wheel of every requirement."""

import json
import subprocess
import sys

import pytest

from deploy_extras.package import APP, architecture_of, build
from deploy_extras.package_check import PackageError, check, pins
from deploy_extras.target import ARCHITECTURES, PYTHONS, Target

REQUIREMENTS = APP / "requirements.txt"
TARGETS = [Target(python, architecture) for python in PYTHONS for architecture in ARCHITECTURES]


@pytest.mark.parametrize("target", TARGETS, ids=str)
def test_every_requirement_has_a_wheel_that_fits(target: Target) -> None:
    wanted = pins(REQUIREMENTS, target)
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--no-deps"]
    command += ["--quiet", "--disable-pip-version-check", "--report", "-", "--target", "nowhere"]
    command += ["--only-binary", ":all:", "--python-version", target.version]
    for platform in target.platforms:
        command += ["--platform", platform]
    # pip knows the files by their metadata alone and downloads none.
    ended = subprocess.run(
        [*command, *(f"{name}=={version}" for name, version in wanted.items())],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout)["install"]
    assert {each["metadata"]["name"]: each["metadata"]["version"] for each in found} == wanted
    for each in found:
        *_, interpreters, abis, platforms = each["download_info"]["url"].removesuffix(".whl").split("-")
        tags = [
            f"{i}-{a}-{p}"
            for i in interpreters.split(".")
            for a in abis.split(".")
            for p in platforms.split(".")
        ]
        assert any(target.fits(tag) for tag in tags), tags


@pytest.mark.parametrize(
    ("tag", "fits"),
    [
        ("py3-none-any", True),
        ("cp313-cp313-manylinux_2_28_aarch64", True),
        ("cp311-abi3-manylinux2014_aarch64", True),
        ("cp313-cp313-manylinux_2_28_x86_64", False),
        ("cp312-cp312-manylinux_2_28_aarch64", False),
        ("cp313-cp313-manylinux_2_39_aarch64", False),
        ("cp313-cp313-musllinux_1_2_aarch64", False),
    ],
)
def test_a_wheel_fits_by_python_processor_and_c_library(tag: str, fits: bool) -> None:
    assert Target((3, 13), "arm64").fits(tag) is fits


@pytest.mark.parametrize("stage", ["dev", "prod"])
def test_functions_on_aws_run_on_graviton(stage: str) -> None:
    assert architecture_of(APP, stage) == "arm64"


def test_the_package_for_graviton_is_complete(tmp_path_factory: pytest.TempPathFactory) -> None:
    package = build(tmp_path_factory.mktemp("graviton"), "prod")
    assert "numpy" in check(package, REQUIREMENTS, "arm64")
    with pytest.raises(PackageError, match="aarch64: Lambda cannot load it"):
        check(package, REQUIREMENTS, "x86_64")
    template = json.loads(package.with_name("sam.json").read_text())
    functions = [r for r in template["Resources"].values() if r["Type"] == "AWS::Serverless::Function"]
    assert [f["Properties"]["Architectures"] for f in functions] == [["arm64"]] * 9
