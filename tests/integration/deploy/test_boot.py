"""The trainer's instance boots, trains and powers off, with real systemd and cloud-init."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from deploy_extras.cloud import Cloud
from tests.integration.deploy import machine, small_trainer
from tests.integration.deploy.machine import Machine
from tests.integration.deploy.trainer_stack import TrainerStage

_UNIT = "etc/systemd/system/undertone-trainer.service"
# Prints the state of the trainer's unit once the machine is up, and powers off a machine that stays up.
_LOOK = """[Unit]
After=multi-user.target
SuccessAction=poweroff
[Service]
Type=oneshot
ExecStart=systemctl show --property=ActiveState undertone-trainer
"""


def launch(stage: TrainerStage, folder: Path, wheels: Path, trainer: str) -> Machine:
    """Return an instance that has not booted yet, whose bundle has this trainer."""
    machine.skip_if_unsupported()
    stage.set_bundle(small_trainer.pack(folder, wheels, trainer))
    return Machine(folder, stage.user_data(), stage.environment())


@dataclass
class Booted:
    """An instance after two boots, and what it left in the bucket."""

    machine: Machine
    stage: TrainerStage
    logs: list[str]
    failed: bool | None


@pytest.fixture(scope="module")
def booted(trainer_cloud: Cloud, small_wheels: Path, tmp_path_factory: pytest.TempPathFactory) -> Booted:
    stage = TrainerStage.create(trainer_cloud)
    launched = launch(stage, tmp_path_factory.mktemp("instance"), small_wheels, small_trainer.TRAINS)
    for _ in range(2):
        ended = launched.run()
        assert ended.returncode == 0, ended.stderr
    return Booted(launched, stage, stage.logs(), stage.failed())


def test_every_boot_trains_and_powers_off(booted: Booted) -> None:
    assert len(booted.logs) == 2, booted.machine.journal()
    for log in booted.logs:
        assert f"['run', '--bucket', '{booted.stage.bucket}', '--table', '{booted.stage.table}']" in log
    assert booted.failed is False
    assert booted.machine.journal().count("Reached target poweroff.target") == 2


def test_user_data_run_once(booted: Booted) -> None:
    assert booted.machine.journal().count("Running command ['/var/lib/cloud/instance/scripts/part-001']") == 1


def test_systemd_verifies_the_unit(booted: Booted) -> None:
    found = booted.machine.run("systemd-analyze", "verify", f"/{_UNIT}")
    assert "undertone-trainer" not in found.stdout + found.stderr
    assert found.returncode == 0


def test_a_disabled_trainer_leaves_the_machine_up(booted: Booted) -> None:
    booted.machine.write("etc/systemd/system/look.service", _LOOK)
    for command in (("disable", "undertone-trainer"), ("add-wants", "multi-user.target", "look.service")):
        ended = booted.machine.run("systemctl", *command)
        assert ended.returncode == 0, ended.stderr
    assert booted.machine.run().returncode == 0
    assert "ActiveState=inactive" in booted.machine.journal()


def test_a_failure_powers_off_and_raises_the_alarm(
    stage: TrainerStage, small_wheels: Path, tmp_path: Path
) -> None:
    ended = launch(stage, tmp_path, small_wheels, small_trainer.FAILS).run()
    assert ended.returncode == 0, ended.stderr
    assert stage.failed() is True
    assert "ended with 3 after" in stage.logs()[0]


def test_a_training_that_does_not_end_is_stopped(
    stage: TrainerStage, small_wheels: Path, tmp_path: Path
) -> None:
    launched = launch(stage, tmp_path, small_wheels, small_trainer.NEVER_ENDS)
    launched.write(f"{_UNIT}.d/short.conf", "[Service]\nTimeoutStartSec=10\n")
    ended = launched.run()
    assert ended.returncode == 0, ended.stderr
    assert stage.failed() is True, launched.journal()
    assert "ended with 143 after" in stage.logs()[0]
