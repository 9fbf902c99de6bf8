"""A container that boots, with systemd as its first process and cloud-init.

systemd-nspawn runs it with the programs of this machine and a disk of its own. Only the units that a test
installs are started. Debian 12 has the same systemd as Amazon Linux 2023, 252, and nearly the same
cloud-init: 22.4, not 22.2.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from deploy_extras import bundle
from tests.integration.deploy import aws_cli, quick_venv
from tests.integration.deploy.deployed import ROOT

_UNITS = Path("/etc/systemd/system/cloud-init.target.wants")
# What programs look up in /etc, without services, secrets and network settings.
_COPIED = ("alternatives", "dbus-1", "group", "ld.so.cache", "nsswitch.conf", "passwd", "ssl")
# On EC2 the user data come from the metadata service, here from the disk; the rest is the same.
_CLOUD_INIT = """datasource_list: [NoCloud]
network: {config: disabled}
cloud_init_modules: []
cloud_config_modules: []
cloud_final_modules: [scripts-user]
"""


def missing() -> str | None:
    """Return what this machine lacks to boot a container, or None."""
    if os.geteuid() != 0:
        return "only root can boot a container"
    for program, package in (("systemd-nspawn", "systemd-container"), ("cloud-init", "cloud-init")):
        if shutil.which(program) is None:
            return f"there is no {program} (Debian's package {package})"
    return None if _UNITS.is_dir() and Path("/lib").is_symlink() else "cloud-init has no units in /usr"


class Machine:
    """A container with a disk; its user data run at the first boot, its units at every boot."""

    def __init__(self, folder: Path, user_data: str, environment: Mapping[str, str]) -> None:
        self.disk = folder / "disk"
        self._programs = folder / "usr"
        for name in (
            "dev",
            "etc/systemd/system",
            "proc",
            "root",
            "run",
            "sys",
            "tmp",
            "usr",
            "var/log/journal",
        ):
            (self.disk / name).mkdir(parents=True)
        for name in ("bin", "sbin", "lib", "lib64"):
            if Path("/", name).is_symlink():
                (self.disk / name).symlink_to(f"usr/{name}")
        for name in _COPIED:
            subprocess.run(["cp", "-a", f"/etc/{name}", self.disk / "etc"], check=True)
        shutil.copyfile("/usr/lib/os-release", self.disk / "etc" / "os-release")
        shutil.copytree(_UNITS, self.disk / "etc/systemd/system" / _UNITS.name, symlinks=True)
        (self.disk / "etc/systemd/system/default.target").symlink_to("/lib/systemd/system/multi-user.target")
        self.write("etc/cloud/cloud.cfg", _CLOUD_INIT)
        self.write("var/lib/cloud/seed/nocloud/meta-data", "instance-id: i-0123456789abcdef0\n")
        self.write("var/lib/cloud/seed/nocloud/user-data", user_data)
        # The address of AWS and the credentials, which on EC2 come from the instance profile.
        named = " ".join(f'"{name}={value}"' for name, value in environment.items())
        self.write("etc/systemd/system.conf.d/emulator.conf", f"[Manager]\nDefaultEnvironment={named}\n")
        aws_cli.write(self._command("bin/aws"))
        # Before /usr/local/bin in the path of a unit, where this machine may have the same command.
        python = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
        quick_venv.write(self._command(f"sbin/python{bundle.PYTHON}"), str(python))

    def _command(self, name: str) -> Path:
        """Return where a program of ``/usr/local`` goes."""
        target = self._programs / "local" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def write(self, path: str, text: str) -> None:
        """Write a file of the disk."""
        target = self.disk / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)

    def run(self, *command: str, timeout_seconds: float = 600) -> "subprocess.CompletedProcess[str]":
        """Run a command on the disk without booting; without a command, boot and wait for the power-off.

        Raises
        ------
        subprocess.TimeoutExpired
            The machine did not power off.
        """
        options = ["--quiet", "--register=no", "--keep-unit", "--link-journal=no"]
        options += ["--resolv-conf=off", "--timezone=off", f"--machine=trainer-{os.getpid()}"]
        options += [f"--directory={self.disk}", f"--overlay=/usr:{self._programs}:/usr", "--console=pipe"]
        for folder in {ROOT, Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve(), aws_cli.install()}:
            if not folder.is_relative_to("/usr"):
                options.append(f"--bind-ro={folder}")
        # The namespace ends with its first process, so that a test that times out leaves no container behind.
        apart = ["unshare", "--pid", "--mount-proc", "--fork", "--kill-child"]
        return subprocess.run(
            [*apart, "systemd-nspawn", *options, *(command or ["--boot"])],
            # Control groups version 2, as on Amazon Linux. In a container with version 1, systemd is not
            # notified when the last process of a unit ends.
            env={**os.environ, "SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout_seconds,
            check=False,
        )

    def journal(self) -> str:
        """Return the journal of all boots."""
        return subprocess.run(
            ["journalctl", f"--directory={self.disk / 'var/log/journal'}", "--no-pager", "--output=cat"],
            capture_output=True,
            text=True,
            check=False,
        ).stdout


def skip_if_unsupported() -> None:
    """Skip a test if this machine cannot boot a container, and say why."""
    lacking = missing()
    if lacking:
        pytest.skip(f"no container can boot here: {lacking}")
