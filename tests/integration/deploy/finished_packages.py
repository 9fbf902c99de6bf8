"""Finished Lambda packages for deployments: to make one takes longer than all the rest of a deployment."""

import shutil
import tempfile
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from chalice.deploy.packager import DependencyBuilder, LambdaDeploymentPackager
from chalice.utils import UI, OSUtils

from deploy_extras import other_user
from deploy_extras.application import PYTHON
from deploy_extras.package import APP, clean_copy
from tests.integration.deploy import emulators

# Functions that are invoked here find these beside MiniStack, which runs them. Their distributions stay, for
# the package is checked for them.
_LARGE = ("numpy/", "numpy.libs/", "cryptography/")


def whole(package: Path, folder: Path) -> None:
    """Make `folder` what can be the folder `.chalice/deployments` of a project, with this package."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / _name()
    shutil.copyfile(package, kept)
    other_user.prove_once(kept)


def slim(package: Path, folder: Path) -> None:
    """Do as `whole`, without the largest modules, for deployments and not for what functions need.

    Chalice uploads the package once for each function, and the emulator unpacks it as often. The 18 MB of
    numpy and 14 MB of cryptography are most of what a deployment takes here.
    """
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / _name()
    with ZipFile(package) as source, ZipFile(kept, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            if not entry.filename.startswith(_LARGE):
                target.writestr(entry, source.read(entry))
    other_user.prove_once(kept)


def _name() -> str:
    """Return the name by which Chalice finds the package of the application as it is now."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder, "app")
        clean_copy(APP, project)
        files = OSUtils()
        packager = LambdaDeploymentPackager(
            files, DependencyBuilder(files), UI(), architecture=emulators.ARCHITECTURE
        )
        return Path(packager.deployment_package_filename(str(project), f"python{PYTHON}")).name
