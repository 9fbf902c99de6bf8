"""The AWS command line, which is part of Amazon Linux and is installed here once, into `build/`."""

import fcntl
import stat
import subprocess
import sys
from pathlib import Path

import pytest

# Version 2, which the instance has, is not on PyPI. The script uses only what both versions have.
_REQUIREMENT = "awscli==1.46.3"
_FOLDER = Path(__file__).parents[3] / "build" / _REQUIREMENT.replace("==", "-")


def install() -> Path:
    """Return the folder with the program's packages; skip the test if it cannot be installed."""
    _FOLDER.parent.mkdir(exist_ok=True)
    with _FOLDER.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (_FOLDER / ".complete").exists():
            command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            command += ["--upgrade", "--target", str(_FOLDER), _REQUIREMENT]
            ended = subprocess.run(command, capture_output=True, text=True, check=False)
            if ended.returncode:
                pytest.skip(f"{_REQUIREMENT} cannot be installed: {ended.stderr.strip()}")
            (_FOLDER / ".complete").touch()
    return _FOLDER


def write(script: Path) -> None:
    """Make `script` the program `aws`."""
    script.write_text(
        f"#!{sys.executable}\n"
        f"import sys\n"
        f"sys.path.insert(0, {str(install())!r})\n"
        f"from awscli.clidriver import main\n"
        f"sys.exit(main())\n"
    )
    script.chmod(script.stat().st_mode | stat.S_IEXEC)
