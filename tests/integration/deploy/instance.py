"""The script of the trainer's instance, run without a boot in an almost empty environment."""

import shutil
import subprocess
import sys
from pathlib import Path

from deploy_extras import bundle
from tests.integration.deploy import aws_cli, quick_venv
from tests.integration.deploy.trainer_stack import TrainerStage

_PROGRAMS = ("bash", "cat", "date", "mkdir", "rm", "sha256sum", "tar", "tee", "gzip")
_SCRIPT = "cat > /usr/local/sbin/undertone-trainer <<'END'\n"
_SETTINGS = "cat > /etc/undertone-trainer.env <<'END'\n"


class Instance:
    """A machine with bash, coreutils, tar and Python, the AWS command line, and nothing else.

    With ``whole_venv=False``, its virtual environments come without a pip of their own: see `quick_venv`.
    """

    def __init__(self, folder: Path, stage: TrainerStage, *, whole_venv: bool = True) -> None:
        self.folder = folder
        self._stage = stage
        self._tools = folder / "bin"
        self._tools.mkdir()
        for name in _PROGRAMS:
            found = shutil.which(name)
            assert found, name
            (self._tools / name).symlink_to(found)
        python = getattr(sys, "_base_executable", sys.executable)
        command = self._tools / f"python{bundle.PYTHON}"
        if whole_venv:
            command.symlink_to(python)
        else:
            quick_venv.write(command, python)
        aws_cli.write(self._tools / "aws")

    def run_script(self, replaced: tuple[str, str] = ("", "")) -> "subprocess.CompletedProcess[str]":
        """Run the script of the user data as its unit does."""
        data = self._stage.user_data()
        script = self.folder / "undertone-trainer"
        script.write_text(_document(data, _SCRIPT).replace(*replaced))
        settings = dict(line.split("=", 1) for line in _document(data, _SETTINGS).splitlines())
        own = {
            "PATH": str(self._tools),
            "HOME": str(self.folder),
            "WORK": str(self.folder / "work"),
        }
        return subprocess.run(
            ["bash", str(script)],
            env={**self._stage.environment(), **settings, **own},
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )


def _document(user_data: str, opening: str) -> str:
    """Return the content of a file that the user data write."""
    return user_data.split(opening)[1].partition("\nEND\n")[0] + "\n"
