"""The commands that work on a model bucket: run, promote, rollback, list."""

import argparse
import os
import shlex
import sys
from collections.abc import Sequence
from typing import Any

from .errors import TrainerError


def add_bucket(command: argparse.ArgumentParser) -> None:
    """Add the option that names the model bucket."""
    command.add_argument("--bucket", metavar="NAME", help="the model bucket (default: MODELS_BUCKET)")


def add_learning(commands: Any) -> None:
    """Add the commands of learning."""
    command = commands.add_parser("run", help="labels, training, gate, publication and promotion, once")
    add_bucket(command)
    command.add_argument("--table", metavar="NAME", help="the messages table (default: MESSAGES_TABLE)")
    command.add_argument("--sample", type=int, metavar="N", help="only the first N texts of each corpus")
    command.add_argument(
        "--private",
        action="store_true",
        help="learn from private and direct rooms too (default: TRAIN_ON_PRIVATE, which is no)",
    )
    command.add_argument("--force", action="store_true", help="train although nothing has changed")
    command.set_defaults(run=_run)

    command = commands.add_parser("simulate", help="show what colluding accounts and a team's year teach")
    command.set_defaults(run=_simulate)

    command = commands.add_parser("promote", help="make a stored model the live one")
    command.add_argument("version", metavar="VERSION")
    add_bucket(command)
    command.set_defaults(run=_promote)

    command = commands.add_parser("rollback", help="make the model live again that was before")
    add_bucket(command)
    command.set_defaults(run=_rollback)

    command = commands.add_parser("list", help="list the stored models")
    add_bucket(command)
    command.set_defaults(run=_list)


def client(service: str) -> Any:
    """Return a client; boto3 takes AWS_ENDPOINT_URL and credentials from the environment by itself."""
    import boto3  # noqa: PLC0415

    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1"
    return boto3.client(service, region_name=region)


def bucket_of(options: argparse.Namespace) -> str:
    """Return the bucket that was named."""
    return _named(options.bucket, "--bucket", "MODELS_BUCKET")


def _named(value: str | None, option: str, variable: str) -> str:
    found = value or os.environ.get(variable)
    if not found:
        raise TrainerError(f"{option} is missing: name it, or set {variable}")
    return found


def _is_set(variable: str) -> bool:
    given = os.environ.get(variable, "").lower()
    if given not in ("", "0", "no", "false", "1", "yes", "true"):
        raise TrainerError(f"{variable} is {given!r}: it must be yes or no")
    return given in ("1", "yes", "true")


def _run(options: argparse.Namespace, given: Sequence[str]) -> None:
    from .learning.run import Options, run  # noqa: PLC0415
    from .learning.table import MessagesTable  # noqa: PLC0415
    from .models import ModelStore  # noqa: PLC0415

    store = ModelStore(client("s3"), bucket_of(options))
    messages = MessagesTable(
        client("dynamodb"),
        _named(options.table, "--table", "MESSAGES_TABLE"),
        private=options.private or _is_set("TRAIN_ON_PRIVATE"),
    )
    command = f"python -m trainer {shlex.join(given)}"
    asked = Options(command, options.sample, options.force)
    run(store, messages, asked)


def _simulate(options: argparse.Namespace, given: Sequence[str]) -> None:
    from .learning import simulation  # noqa: PLC0415

    for line in simulation.lines():
        sys.stdout.write(line + "\n")


def _promote(options: argparse.Namespace, given: Sequence[str]) -> None:
    from . import models, publish  # noqa: PLC0415

    pointer = publish.promote(models.ModelStore(client("s3"), bucket_of(options)), options.version)
    sys.stderr.write(f"model {pointer.version} is live\n")


def _rollback(options: argparse.Namespace, given: Sequence[str]) -> None:
    from . import models, publish  # noqa: PLC0415

    pointer = publish.roll_back(models.ModelStore(client("s3"), bucket_of(options)))
    sys.stderr.write(f"model {pointer.version} is live again\n")


def _list(options: argparse.Namespace, given: Sequence[str]) -> None:
    from . import listing, models  # noqa: PLC0415

    for line in listing.lines(models.ModelStore(client("s3"), bucket_of(options))):
        sys.stdout.write(line + "\n")
