"""Proves that another user can load a package's bytecode, as a function on Lambda must."""

import json
import os
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

from deploy_extras.package_check import PackageError

_PROVEN = "modules were loaded from their bytecode as another user"
_NOBODY = 65_534  # user and group of Linux and of most other systems
# It becomes the user only once Python runs, for Python itself may be readable by root alone. A module is
# loaded as `import` loads it, but not run: that needs boto3, which Lambda provides.
_LOAD = """
import json, os, sys
from importlib.machinery import SourceFileLoader
from pathlib import Path

folder, nobody = Path(sys.argv[1]), int(sys.argv[2])
os.setgroups([])
os.setgid(nobody)
os.setuid(nobody)
if not os.access(folder, os.R_OK | os.X_OK):
    print("null")
    sys.exit()
compiled = []
compile_source = SourceFileLoader.source_to_code
SourceFileLoader.source_to_code = lambda self, data, path, **options: (
    compiled.append(str(path)) or compile_source(self, data, path, **options)
)
unreadable = []
modules = [path for path in sorted(folder.rglob("*.py")) if "/tests/" not in path.as_posix()]
for path in modules:
    try:
        SourceFileLoader(path.stem, str(path)).get_code(path.stem)
    except OSError:
        unreadable.append(str(path))
print(json.dumps({"modules": len(modules), "compiled": compiled, "unreadable": unreadable}))
"""


def prove_once(package: Path) -> str:
    """Do as `prove`, unless this package was proven before: that is noted beside it."""
    noted = package.with_suffix(".proven")
    content = sha256(package.read_bytes()).hexdigest()
    if noted.exists():
        of, _, before = noted.read_text("utf-8").partition(" ")
        if of == content:
            return before
    found = prove(package)
    if _PROVEN in found:
        noted.write_text(f"{content} {found}", "utf-8")
    return found


def prove(package: Path) -> str:
    """Load every module of a package as another user; return what was found, as a sentence.

    Only root can become another user; otherwise the sentence says that nothing was checked.

    Raises
    ------
    PackageError
        A module could not be read, or Python compiled it although the package has its bytecode.
    """
    if os.geteuid() != 0:
        return "whether another user can load the bytecode was not checked, for only root can become one"
    with tempfile.TemporaryDirectory(prefix="other-user-") as temporary:
        folder = Path(temporary)
        unpack(package, folder)
        folder.chmod(0o755)
        ended = subprocess.run(  # noqa: S603 - Python itself
            [sys.executable, "-I", "-S", "-B", "-c", _LOAD, str(folder), str(_NOBODY)],
            capture_output=True,
            text=True,
            check=False,
        )
    if ended.returncode:
        raise PackageError(f"{package} could not be loaded as another user: {ended.stderr.strip()}")
    found = json.loads(ended.stdout)
    if found is None:
        return f"whether another user can load the bytecode was not checked, for only root may enter {folder}"
    bad = found["unreadable"] or found["compiled"]
    if bad:
        what = "cannot be read" if found["unreadable"] else "is compiled although its bytecode is there"
        more = f" (and {len(bad) - 1} other modules)"
        raise PackageError(f"{package}: as another user, {Path(bad[0]).relative_to(folder)} {what}{more}")
    return f"{found['modules']} {_PROVEN}"


def unpack(package: Path, folder: Path) -> None:
    """Unpack a package with the modes that it says, as Lambda does; `ZipFile` ignores them."""
    with ZipFile(package) as archive:
        archive.extractall(folder)
        for entry in archive.infolist():
            (folder / entry.filename).chmod(entry.external_attr >> 16 & 0o777)
    for made in folder.rglob("*"):
        if made.is_dir():
            made.chmod(0o755)
