"""Makes the Lambda package with `chalice package`, and fails if Chalice would only warn.

``python -m deploy_extras.package --out dist --stage prod`` writes ``deployment.zip`` and, for pipelines,
``sam.json``: one CloudFormation template (AWS SAM) of the application and `template.yaml` together, and
``trainer.json`` for the trainer's own stack.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from deploy_extras import bytecode, other_user, pipeline, template
from deploy_extras.package_check import PackageError, check
from deploy_extras.target import ARCHITECTURES

APP = Path(__file__).parents[1] / "chalice_app"
_UNWANTED = shutil.ignore_patterns("__pycache__", "*.pyc", "deployments", "deployed", "venv")
_DEFAULT_ARCHITECTURE = "x86_64"  # Chalice's
_WARNING = "Could not install dependencies"


def build(out: Path, stage: str, architecture: str | None = None) -> Path:
    """Package a clean copy of the application into `out`; return the zip.

    ``architecture`` is used in place of the one in Chalice's configuration.

    Raises
    ------
    PackageError
        Chalice failed or left requirements out.
    """
    with tempfile.TemporaryDirectory(prefix="package-") as temporary:
        copy = Path(temporary) / "app"
        clean_copy(APP, copy)
        configure(copy, stage, {"lambda_architecture": architecture} if architecture else {})
        merged = Path(temporary) / "merge.json"
        merged.write_text(json.dumps(pipeline.additions(stage)), "utf-8")
        pipeline.fill_in(copy, stage)
        target = Path(temporary) / "out"
        chalice(
            [
                *("--project-dir", str(copy), "package", "--stage", stage),
                *("--merge-template", str(merged), str(target)),
            ]
        )
        bytecode.add(target / "deployment.zip")
        out.mkdir(parents=True, exist_ok=True)
        for name in ("deployment.zip", "sam.json"):
            shutil.copyfile(target / name, out / name)
    (out / "trainer.json").write_text(template.body(template.TRAINER), "utf-8")
    return out / "deployment.zip"


def clean_copy(app: Path, copy: Path) -> None:
    """Copy an application without generated files: Chalice packs whatever it finds, also stale bytecode."""
    shutil.copytree(app, copy, ignore=_UNWANTED)


def configure(copy: Path, stage: str, settings: Mapping[str, Any]) -> None:
    """Change Chalice's configuration of a stage in a copy of the application."""
    path = copy / ".chalice" / "config.json"
    config: dict[str, Any] = json.loads(path.read_text("utf-8"))
    config["stages"].setdefault(stage, {}).update(settings)
    path.write_text(json.dumps(config, indent=2), "utf-8")


def architecture_of(copy: Path, stage: str) -> str:
    """Return the processor of a stage's functions."""
    config = json.loads((copy / ".chalice" / "config.json").read_text("utf-8"))
    return str(config["stages"].get(stage, {}).get("lambda_architecture", _DEFAULT_ARCHITECTURE))


def chalice(arguments: Sequence[str], env: Mapping[str, str] = os.environ) -> None:
    """Run Chalice and print its output.

    Raises
    ------
    PackageError
        It failed, or it exited with 0 although it could not install a requirement.
    """
    # Chalice imports the application, which must leave no bytecode in the package: `bytecode` adds it.
    environment = {"AWS_DEFAULT_REGION": "us-east-1", **env} | {"PYTHONDONTWRITEBYTECODE": "1"}
    process = subprocess.Popen(  # noqa: S603 - Chalice's own command, no shell
        [sys.executable, "-c", "import sys; from chalice.cli import main; sys.exit(main())", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    lines: list[str] = []
    for line in process.stdout or ():
        lines.append(line)
        sys.stdout.write(f"  {line}")
        sys.stdout.flush()
    output = "".join(lines)
    if process.wait() != 0 or _WARNING in output:
        raise PackageError(f"`chalice {arguments[2]}` failed; its output is above")


def main(arguments: Sequence[str] | None = None) -> int:
    """Build and check; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m deploy_extras.package", description="Make and check the package of the functions."
    )
    parser.add_argument("--out", type=Path, default=Path("dist"), metavar="DIR", help="(%(default)s)")
    parser.add_argument("--stage", default="dev", metavar="NAME", help="Chalice stage (%(default)s)")
    parser.add_argument("--architecture", choices=ARCHITECTURES, help="(that of the stage)")
    given = parser.parse_args(arguments)
    architecture = given.architecture or architecture_of(APP, given.stage)
    sys.stdout.write("Packaging the functions (half a minute) ...\n")
    try:
        package = build(given.out, given.stage, architecture)
        content = check(package, APP / "requirements.txt", architecture)
        proof = other_user.prove(package)
    except PackageError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(
        f"{package} for {architecture}: {package.stat().st_size:,} bytes, {len(content)} distributions, "
        f"each with the version that requirements.txt names; {proof}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
