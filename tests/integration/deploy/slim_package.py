"""A finished Lambda package without the largest modules, for deployments whose functions nobody invokes.

Chalice compresses the whole package again at each deployment and uploads it once for each function. With the
18 MB of numpy and 14 MB of cryptography, that is most of what a deployment takes here.
"""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from deploy_extras import bytecode, other_user
from deploy_extras.package import APP, Chalice, clean_copy, configure
from tests.integration.deploy import emulators
from tests.integration.deploy.deployed import STAGE

# Their distributions stay, for the package is checked for them.
_LEFT_OUT = ("numpy/", "numpy.libs/", "cryptography/")


def make(folder: Path) -> Path:
    """Return what can be the folder `.chalice/deployments` of a project: Chalice then makes no package."""
    project = folder / "app"
    clean_copy(APP, project)
    # Chalice takes no package that was made for another processor.
    configure(project, STAGE, {"lambda_architecture": emulators.ARCHITECTURE})
    with Chalice(project, STAGE) as chalice:
        chalice.run("package", str(folder / "out"))
    packages = project / ".chalice" / "deployments"
    for package in packages.glob("*.zip"):
        whole = package.rename(folder / "whole.zip")
        with ZipFile(whole) as source, ZipFile(package, "w", ZIP_DEFLATED) as slim:
            for entry in source.infolist():
                if not entry.filename.startswith(_LEFT_OUT):
                    slim.writestr(entry, source.read(entry))
        bytecode.add(package)
        other_user.prove_once(package)
    return packages
