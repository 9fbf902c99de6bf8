"""A Python whose virtual environments get pip at once, for tests of everything around the training.

`python -m venv` installs a copy of pip and compiles it, which takes longer than all the rest of such a test.
Here the pip of the tests' own environment installs into the new one. `test_training.py` makes whole ones.
"""

import stat
import sys
from pathlib import Path

_SCRIPT = """#!{own}
import os, pathlib, subprocess, sys
PYTHON = {python!r}
if sys.argv[1:3] != ["-m", "venv"]:
    os.execv(PYTHON, [PYTHON, *sys.argv[1:]])
subprocess.run([PYTHON, "-m", "venv", "--without-pip", *sys.argv[3:]], check=True)
programs = pathlib.Path(sys.argv[-1], "bin")
pip = programs / "pip"
pip.write_text(f'#!/bin/sh\\nexec {own} -m pip --python {{programs}}/python "$@"\\n')
pip.chmod(0o755)
"""


def write(script: Path, python: str) -> None:
    """Make `script` a command that runs the interpreter ``python``."""
    script.write_text(_SCRIPT.format(own=sys.executable, python=python))
    script.chmod(script.stat().st_mode | stat.S_IEXEC)
