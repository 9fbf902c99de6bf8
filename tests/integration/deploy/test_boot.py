"""The trainer's instance boots, trains and powers off, with real systemd and cloud-init."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from deploy_extras.cloud import Cloud
from tests.integration.deploy import machine, small_trainer
from tests.integration.deploy.deployed import ROOT
from tests.integration.deploy.machine import Machine
from tests.integration.deploy.trainer_stack import TrainerStage

_UNIT = "etc/systemd/system/undertone-trainer.service"


# Says that the machine is still up some time after its training ended, and ends it. It must count as started
# at once: the training begins when the machine has booted.
_LOOK = """[Service]
Type=exec
ExecStart=bash -c "until grep -qs 'ended with' /var/lib/undertone-trainer/log; do sleep 1; done; sleep 5; \
 echo still up; systemctl --no-block poweroff"
"""


def launch(stage: TrainerStage, folder: Path, wheels: Path, trainer: str) -> Machine:
    """Return an instance that has not booted yet, whose bundle has this trainer."""
    machine.skip_if_unsupported()
    stage.set_bundle(small_trainer.pack(folder, wheels, trainer))
    return Machine(folder, stage.user_data(), stage.environment())


@dataclass
class Booted:
    """An instance that has booted, and what it left in the bucket."""

    machine: Machine
    stage: TrainerStage
    logs: list[str]
    failed: bool | None


@pytest.fixture(scope="module")
def booted(trainer_cloud: Cloud, small_wheels: Path, tmp_path_factory: pytest.TempPathFactory) -> Booted:
    stage = TrainerStage.create(trainer_cloud)
    launched = launch(stage, tmp_path_factory.mktemp("instance"), small_wheels, small_trainer.TRAINS)
    ended = launched.run()
    assert ended.returncode == 0, ended.stderr
    return Booted(launched, stage, stage.logs(), stage.failed())


def test_an_instance_trains_and_powers_off(booted: Booted) -> None:
    [log] = booted.logs
    assert f"['run', '--bucket', '{booted.stage.bucket}', '--table', '{booted.stage.table}']" in log
    assert "private: no" in log
    assert booted.failed is False
    assert booted.machine.journal().count("Reached target poweroff.target") == 1


def test_systemd_verifies_the_unit(booted: Booted) -> None:
    found = booted.machine.run("systemd-analyze", "verify", f"/{_UNIT}")
    assert "undertone-trainer" not in found.stdout + found.stderr
    assert found.returncode == 0


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


def test_a_machine_whose_unit_never_ends_ends_itself(
    stage: TrainerStage, small_wheels: Path, tmp_path: Path
) -> None:
    machine.skip_if_unsupported()
    stage.set_bundle(small_trainer.pack(tmp_path, small_wheels, small_trainer.NEVER_ENDS))
    data = stage.user_data()
    assert "--on-active 3h systemctl poweroff" in data
    launched = Machine(tmp_path, data.replace("--on-active 3h", "--on-active 15s"), stage.environment())
    launched.write(f"{_UNIT}.d/endless.conf", "[Service]\nTimeoutStartSec=infinity\n")
    ended = launched.run()
    assert ended.returncode == 0, ended.stderr
    assert "undertone-end" in launched.journal()
    assert stage.failed() is True, launched.journal()


def test_a_look_around_keeps_the_machine_up(stage: TrainerStage, small_wheels: Path, tmp_path: Path) -> None:
    # What docs/deploy.md tells somebody to type in a session, typed before the training ends.
    section = (ROOT / "docs" / "deploy.md").read_text("utf-8").partition("To keep an instance up")[2]
    typed = section.partition("```sh\n")[2].partition("```")[0]
    assert "undertone-trainer" in typed
    launched = launch(stage, tmp_path, small_wheels, small_trainer.LASTS.format(typed=typed))
    launched.write("etc/systemd/system/look.service", _LOOK)
    assert launched.run("systemctl", "add-wants", "multi-user.target", "look.service").returncode == 0
    assert launched.run().returncode == 0
    assert stage.failed() is False
    assert "still up" in launched.journal()
