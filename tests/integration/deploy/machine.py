"""A machine that really boots, with systemd as its first process, and cloud-init.

It is a container of systemd-nspawn on this machine's own programs, with a disk of its own for all else, and
nothing starts by itself there but what a test puts there. Debian 12 has Amazon Linux 2023's systemd, 252, and
nearly its cloud-init: 22.4, not 22.2.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.integration.deploy import aws_cli
from tests.integration.deploy.deployed import ROOT

_UNITS = Path("/etc/systemd/system/cloud-init.target.wants")
# What programs look up in /etc; its services, users' secrets and the network's settings stay out.
_COPIED = ("alternatives", "dbus-1", "group", "ld.so.cache", "nsswitch.conf", "passwd", "ssl")
# On EC2 the user data come from the metadata service; here they lie on the disk, and then go the same way.
_CLOUD_INIT = """datasource_list: [NoCloud]
network: {config: disabled}
cloud_init_modules: []
cloud_config_modules: []
cloud_final_modules: [scripts-user]
"""


def missing() -> str | None:
    """Return what this machine lacks to boot another one, or None."""
    if os.geteuid() != 0:
        return "only root can boot a container"
    for program, package in (("systemd-nspawn", "systemd-container"), ("cloud-init", "cloud-init")):
        if shutil.which(program) is None:
            return f"there is no {program} (Debian's package {package})"
    return None if _UNITS.is_dir() and Path("/lib").is_symlink() else "cloud-init has no units in /usr"


class Machine:
    """A machine with a disk; its user data run at the first boot, its units at every one."""

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
        # Where AWS is, and who we are: on EC2 the instance's profile says it.
        named = " ".join(f'"{name}={value}"' for name, value in environment.items())
        self.write("etc/systemd/system.conf.d/emulator.conf", f"[Manager]\nDefaultEnvironment={named}\n")
        local = self._programs / "local" / "bin"
        local.mkdir(parents=True)
        aws_cli.write(local / "aws")
        python = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
        name = Path("/usr/local/bin", f"python{sys.version_info.major}.{sys.version_info.minor}")
        if name.resolve() != python:
            # No link: Python looks for its library beside the name by which it is called.
            (local / name.name).write_text(f'#!/bin/sh\nexec {python} "$@"\n')
            (local / name.name).chmod(0o755)

    def write(self, path: str, text: str) -> None:
        """Write a file of the disk."""
        target = self.disk / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)

    def run(self, *command: str, seconds: float = 600) -> "subprocess.CompletedProcess[str]":
        """Run one command on the disk, without booting; without a command, boot until the power is off.

        Raises
        ------
        subprocess.TimeoutExpired
            The machine stayed up.
        """
        options = ["--quiet", "--register=no", "--keep-unit", "--link-journal=no"]
        options += ["--resolv-conf=off", "--timezone=off", f"--machine=trainer-{os.getpid()}"]
        options += [f"--directory={self.disk}", f"--overlay=/usr:{self._programs}:/usr", "--console=pipe"]
        for folder in {ROOT, Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve(), aws_cli.install()}:
            if not folder.is_relative_to("/usr"):
                options.append(f"--bind-ro={folder}")
        # In a namespace that ends with its first process: a test that gives up leaves no machine behind.
        apart = ["unshare", "--pid", "--mount-proc", "--fork", "--kill-child"]
        return subprocess.run(
            [*apart, "systemd-nspawn", *options, *(command or ["--boot"])],
            # Control groups of the newer kind, as Amazon Linux has them: with the older one in a container,
            # systemd does not hear of the end of a unit's last process.
            env={**os.environ, "SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )

    def journal(self) -> str:
        """Return what the machine's journal says of all its boots."""
        return subprocess.run(
            ["journalctl", f"--directory={self.disk / 'var/log/journal'}", "--no-pager", "--output=cat"],
            capture_output=True,
            text=True,
            check=False,
        ).stdout


def skip_where_missing() -> None:
    """Skip a test where this machine cannot boot another one, and say why."""
    lacking = missing()
    if lacking:
        pytest.skip(f"nothing boots here: {lacking}")
