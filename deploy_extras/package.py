"""Make the Lambda package with `chalice package`, and fail where Chalice would only warn.

``python -m deploy_extras.package --out dist`` leaves ``deployment.zip`` and ``sam.json``, the CloudFormation
form of the application.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from deploy_extras.package_check import PackageError, check

APP = Path(__file__).parents[1] / "chalice_app"
_UNWANTED = shutil.ignore_patterns("__pycache__", "*.pyc", "deployments", "deployed", "venv")
_COMPLAINT = "Could not install dependencies"


def build(out: Path, stage: str) -> Path:
    """Package the application of a clean copy into `out`; return the zip.

    Raises
    ------
    PackageError
        Chalice failed, or left requirements out; the message carries what it printed.
    """
    with tempfile.TemporaryDirectory(prefix="package-") as temporary:
        # A copy, for Chalice packs whatever lies in the folder, bytecode of this machine too.
        copy = Path(temporary) / "app"
        shutil.copytree(APP, copy, ignore=_UNWANTED)
        _chalice(["--project-dir", str(copy), "package", "--stage", stage, str(Path(temporary) / "out")])
        out.mkdir(parents=True, exist_ok=True)
        for name in ("deployment.zip", "sam.json"):
            shutil.copyfile(Path(temporary) / "out" / name, out / name)
    return out / "deployment.zip"


def _chalice(arguments: Sequence[str]) -> None:
    """Run Chalice and show what it prints; it ends with 0 although it could not install a requirement."""
    # Chalice imports the application, which must not leave bytecode in what is packed.
    environment = {"AWS_DEFAULT_REGION": "us-east-1"} | os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    process = subprocess.Popen(  # noqa: S603 - Chalice's own command, no shell
        [sys.executable, "-c", "from chalice.cli import main; main()", *arguments],
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
    said = "".join(lines)
    if process.wait() != 0 or _COMPLAINT in said:
        raise PackageError(f"chalice package did not make a whole package. It said:\n{said}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Build and check; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m deploy_extras.package", description="Make and check the package of the functions."
    )
    parser.add_argument("--out", type=Path, default=Path("dist"), metavar="DIR", help="(%(default)s)")
    parser.add_argument("--stage", default="local", metavar="NAME", help="Chalice stage (%(default)s)")
    given = parser.parse_args(arguments)
    sys.stdout.write("Packaging the functions (half a minute) ...\n")
    try:
        package = build(given.out, given.stage)
        content = check(package, APP / "requirements.txt")
    except PackageError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(
        f"{package}: {package.stat().st_size:,} bytes, {len(content)} distributions, "
        "each with the version that requirements.txt names\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
