"""The commands: deploy, destroy, restore, rollback, rotate, status, train, export, hash, cost, attack."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.domain.codes import HashedCode
from deploy_extras import attack_cost, cost, names, policies, restore
from deploy_extras.choices import Choices
from deploy_extras.cloud import Cloud, connect
from deploy_extras.confirm import Confirmation
from deploy_extras.console import say
from deploy_extras.deploy import Deployment, DeployOptions
from deploy_extras.destroy import destroy
from deploy_extras.errors import DeployError
from deploy_extras.export import Export, running_here
from deploy_extras.look import Look
from deploy_extras.package import APP
from deploy_extras.prices import AS_OF
from deploy_extras.restore_files import restore_files
from deploy_extras.rollback import rollback
from deploy_extras.rotate import rotate, rotate_pushes
from deploy_extras.sign_in import PARAMETERS
from deploy_extras.stack import Stacks
from deploy_extras.status import lines, status
from deploy_extras.target import ARCHITECTURES
from deploy_extras.trainer_stack import TrainerStack

_WORKSPACE = Path(__file__).parents[1] / "build" / "deploy"
_AGAIN = "Run the command again: it continues where this run stopped."


def main(
    arguments: Sequence[str] | None = None,
    *,
    connected: Callable[[str | None], Cloud] = connect,
    confirm: Callable[[str], str] = input,
) -> int:
    """Run one command; return the exit code: 0, or 1 with a sentence on standard error."""
    given = _parser().parse_args(arguments)
    try:
        if given.command in ("attack", "cost", "hash"):
            _compute(given, confirm)
            return 0
        if given.command == "export" and given.state is not None:
            Export(running_here(given.state), "local", given.to).run()
            return 0
        _check_stage(given.stage)
        _run(given, connected(given.region), confirm)
    except DeployError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    except (BotoCoreError, ClientError) as error:
        sys.stderr.write(f"error: AWS refused the request: {error}\n{_AGAIN}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write(f"\nInterrupted. {_AGAIN}\n")
        return 130
    return 0


def _compute(given: argparse.Namespace, ask: Callable[[str], str]) -> None:
    """Run a command that needs no account."""
    match given.command:
        case "attack":
            say("\n".join(attack_cost.lines()))
        case "hash":
            say(str(HashedCode.of(ask("Access code: "))))
        case _:
            _cost(given)


def _run(given: argparse.Namespace, cloud: Cloud, ask: Callable[[str], str]) -> None:
    stage: str = given.stage
    match given.command:
        case "deploy":
            Deployment(cloud, _options(given)).run()
        case "restore":
            at = restore.moment(given.at)
            given.parameter.append(f"RestoredTable={restore.restore(cloud, stage, at)}")
            Deployment(cloud, _options(given)).run()
            files = restore_files(cloud, stage, at)
            say(f"Files that were deleted since and are back: {files}.")
            say(f"The messages of {at:%Y-%m-%d %H:%M:%S} UTC are in use; people must reload the page.")
        case "train":
            started = TrainerStack(cloud, stage, Stacks(cloud)).run()
            say(f"the trainer starts on {started}; its log will be in the model bucket under trainer/logs/")
        case "export":
            Export(cloud, stage, given.to).run()
        case "rollback":
            rollback(cloud, stage, unlock=given.unlock)
        case "rotate":
            rotates = rotate_pushes if given.key == "pushes" else rotate
            rotates(cloud, stage, Confirmation(stage, ask, given.yes))
        case "destroy":
            destroy(
                cloud,
                stage,
                data=given.data == "delete",
                confirmation=Confirmation(stage, ask, given.yes),
                workspace=given.workspace,
            )
        case _:
            found = status(cloud, stage)
            say(json.dumps(found, indent=2) if given.json else "\n".join(lines(found)))


def _cost(given: argparse.Namespace) -> None:
    use = cost.Use(
        given.users, given.hours, given.messages, given.rooms, given.design, given.rooms_each, given.looking
    )
    if not 1 <= use.rooms_each <= use.rooms or not 0 <= use.looking <= 1:
        raise DeployError("--rooms-each must lie between 1 and --rooms, and --looking between 0 and 1.")
    if min(use.users, use.rooms) < 1 or use.messages < 0 or not 0 <= use.hours <= 24:
        raise DeployError(
            "--users and --rooms must be at least 1, --messages at least 0, "
            "and --hours from 0 to 24: a day has 24 hours."
        )
    items = cost.bill(use)
    found = [
        {"what": i.what, "units": round(i.units, 4), "price": i.price, "dollars": round(i.dollars, 2)}
        for i in items
    ]
    total = round(cost.total(items), 2)
    say(
        json.dumps({"items": found, "total": total, "asOf": AS_OF}, indent=2)
        if given.json
        else "\n".join(cost.lines(use, items))
    )


def _check_stage(stage: str) -> None:
    if not policies.path(APP, stage, names.FUNCTIONS[0]).exists():
        raise DeployError(f"The stage {stage!r} has no policies in .chalice/policies/: use dev or prod.")


def _options(given: argparse.Namespace) -> DeployOptions:
    parameters = []
    for pair in given.parameter:
        name, equals, value = pair.partition("=")
        if not equals:
            raise DeployError(f"{pair!r} is not a parameter: write NAME=VALUE.")
        parameters.append((name, value))
    return DeployOptions(
        stage=given.stage,
        access_code=given.access_code,
        admin_code=given.admin_code,
        choices=Choices({"yes": True, "no": False}.get(given.trainer), given.architecture),
        subnet=given.subnet or None,
        unlock=given.unlock,
        parameters=tuple(parameters),
        workspace=given.workspace,
        application=given.application,
        look=Look.chosen(given.chat_name, given.logo, given.accent, given.style),
        settings=_settings(given.setting),
    )


def _settings(pairs: Sequence[str]) -> tuple[tuple[str, str], ...]:
    found = []
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or name not in PARAMETERS:
            raise DeployError(f"{name!r} is no setting: write NAME=VALUE, NAME of {', '.join(PARAMETERS)}.")
        found.append((name, value))
    return tuple(found)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m deploy_extras", description="Undertone on AWS.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, text in (
        ("deploy", "deploy or update a stage, or complete an interrupted deployment"),
        ("destroy", "remove a stage"),
        ("restore", "bring messages and files back as they were at some time"),
        ("rollback", "give the functions their package before the live one"),
        ("rotate", "make a new key that signs tokens, or pushes"),
        ("status", "show what is deployed"),
        ("train", "start a training now, beside the schedule"),
        ("export", "write every room with its files into a folder"),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument("--stage", default="dev", metavar="NAME", help="(%(default)s)")
        command.add_argument("--region", metavar="NAME", help="(from the AWS profile)")
        command.add_argument("--workspace", type=Path, default=_WORKSPACE, help=argparse.SUPPRESS)
        if name in ("deploy", "restore", "rollback"):
            command.add_argument(
                "--unlock", action="store_true", help="remove the lock of a run that was killed"
            )
        if name in ("destroy", "rotate"):
            command.add_argument(
                "--yes", default="", metavar="STAGE", help="the stage, to confirm in advance"
            )
        if name == "rotate":
            command.add_argument(
                "--key", choices=("tokens", "pushes"), default="tokens", help="(%(default)s)"
            )
        if name == "restore":
            command.add_argument(
                "--at", required=True, metavar="TIME", help="such as 2026-11-29T12:00Z, at most 35 days ago"
            )
        if name in ("deploy", "restore"):
            command.add_argument(
                "--access-code", metavar="TEXT", help="what people must know to sign in; '' for none"
            )
            command.add_argument(
                "--admin-code", metavar="TEXT", help="what makes somebody an admin; '' for none"
            )
            command.add_argument(
                "--setting",
                action="append",
                default=[],
                metavar="NAME=VALUE",
                help="how people sign in, such as OIDC_ISSUER=https://id.example.org; '' for none",
            )
            command.add_argument(
                "--chat-name", metavar="TEXT", help="what the chat is called; '' for Undertone"
            )
            command.add_argument("--logo", metavar="FILE", help="a PNG or SVG; '' for the project's own")
            command.add_argument("--accent", metavar="#RRGGBB", help="a colour; '' for the project's own")
            command.add_argument("--style", metavar="FILE", help="a style sheet of one's own; '' for none")
            command.add_argument("--application", type=Path, default=APP, help=argparse.SUPPRESS)
            command.add_argument("--trainer", choices=("yes", "no"), help="(as before; at first, yes)")
            command.add_argument("--architecture", choices=ARCHITECTURES, help="(as before; at first, arm64)")
            command.add_argument("--subnet", metavar="ID", help="subnet of the trainer (in the default VPC)")
            command.add_argument(
                "--parameter",
                action="append",
                default=[],
                metavar="NAME=VALUE",
                help="a parameter of template.yaml, such as AlarmEmail=me@example.org",
            )
        elif name == "export":
            command.add_argument(
                "--to", type=Path, required=True, metavar="FOLDER", help="where it is written"
            )
            command.add_argument(
                "--state",
                type=Path,
                metavar="FOLDER",
                help="of the chat on this machine, in place of a stage",
            )
        elif name == "destroy":
            command.add_argument("--data", choices=("keep", "delete"), default="keep", help="(%(default)s)")
        elif name == "status":
            command.add_argument("--json", action="store_true")
    commands.add_parser("attack", help="what a stranger can cost in a day, before and after the limits")
    commands.add_parser("hash", help="the hash of a code, for the parameter AccessCodeHash or AdminCodeHash")
    command = commands.add_parser("cost", help="a month's cost, item by item")
    command.add_argument("--users", type=int, required=True, help="people, each connected --hours a day")
    command.add_argument("--hours", type=float, required=True, help="hours a day for which each is connected")
    command.add_argument("--messages", type=int, required=True, help="messages a day, all people together")
    command.add_argument("--rooms", type=int, required=True, help="rooms; people are spread evenly over them")
    command.add_argument("--rooms-each", type=int, default=1, help="rooms that each has joined (%(default)s)")
    command.add_argument(
        "--looking", type=float, default=cost.LOOKING, help="share of the time that each looks (%(default)g)"
    )
    command.add_argument("--design", choices=("ours", "simple"), default="ours", help="(%(default)s)")
    command.add_argument("--json", action="store_true")
    return parser
