"""Makes the Lambda package with `chalice package`, and fails if Chalice would only warn.

``python -m deploy_extras.package --out dist --stage prod`` writes ``deployment.zip`` and, for pipelines,
``sam.json``: one CloudFormation template (AWS SAM) of the application and `template.yaml` together, and
``trainer.json`` for the trainer's own stack.
"""

import argparse
import contextlib
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
_ENDED = "\x1e"
_COMMANDS = f"""
import json, sys
from chalice.cli import main
for line in sys.stdin:
    sys.argv[1:] = json.loads(line)
    try:
        code = main()
    except SystemExit as ended:
        code = ended.code
    print({_ENDED!r}, code or 0, flush=True)
"""


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
        with Chalice(copy, stage) as chalice:
            chalice.run("package", "--merge-template", str(merged), str(target))
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


class Chalice:
    """Chalice in a process of its own, which loads it and the application once for several commands."""

    def __init__(self, project: Path, stage: str, env: Mapping[str, str] = os.environ) -> None:
        self._of = ("--project-dir", str(project)), ("--stage", stage)
        # Chalice imports the application, which must leave no bytecode in the package: `bytecode` adds it.
        self._environment = {"AWS_DEFAULT_REGION": "us-east-1", **env} | {"PYTHONDONTWRITEBYTECODE": "1"}

    def __enter__(self) -> "Chalice":
        self._process = subprocess.Popen(  # noqa: S603 - Chalice's own commands, no shell
            [sys.executable, "-c", _COMMANDS],
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def run(self, command: str, *arguments: str) -> None:
        """Run a command and print its output.

        Raises
        ------
        PackageError
            It failed, or it said that it succeeded although it could not install a requirement.
        """
        project, stage = self._of
        # If it has ended already, its output says why.
        with contextlib.suppress(BrokenPipeError):
            print(json.dumps([*project, command, *stage, *arguments]), file=self._process.stdin, flush=True)
        output, code = "", ""
        for line in self._process.stdout or ():
            text, ended, code = line.partition(_ENDED)
            output += text
            sys.stdout.write(f"  {text}" if text else "")
            sys.stdout.flush()
            if ended:
                break
        if code.strip() != "0" or _WARNING in output:
            raise PackageError(f"`chalice {command}` failed; its output is above")


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
