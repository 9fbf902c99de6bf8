"""The command line of the local stack."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from local.callers import parse_identity
from local.commands import Scheduled
from local.configuration import check_project
from local.emulator.choice import DEFAULT_STORAGE, STORAGES
from local.environment import READY, worker_python
from local.errors import StackError
from local.gateway.site import OWN_KEYS
from local.limits import GatewayLimits, LambdaLimits
from local.options import StackOptions
from local.output import Console
from local.stack import run_stack


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the tool; return 0 after Ctrl-C or SIGTERM, 1 after a sentence that says what is wrong."""
    parsed = _parser().parse_args(arguments)
    console = Console()
    try:
        if parsed.prepare:
            app = parsed.app.resolve()
            check_project(app)
            python = worker_python(app, console.say)
            console.say(f"{READY}: {python}")
            return 0
        return run_stack(_options(parsed), console)
    except StackError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 0


def _pair(text: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if not separator or not name:
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form NAME=VALUE")
    return name, value


def _config(text: str) -> tuple[str, Any]:
    key, value = _pair(text)
    if key in OWN_KEYS:
        raise argparse.ArgumentTypeError(f"{key!r} is told by the stack itself; choose another key")
    try:
        return key, json.loads(value)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{value!r} is not JSON: a text needs its quotes, as in '{key}=\"text\"'"
        ) from None


def _header(text: str) -> tuple[str, str]:
    name, separator, value = text.partition(":")
    if not separator or not name.strip():
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form 'Name: value'")
    return name.strip(), value.strip()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m local",
        description="Run a Chalice application with REST routes and WebSocket handlers on this machine.",
    )
    add = parser.add_argument
    add(
        "--app",
        type=Path,
        required=True,
        metavar="DIR",
        help="the Chalice project (holds app.py and .chalice/)",
    )
    add(
        "--prepare",
        action="store_true",
        help="only make the environment in which the functions run, then end",
    )
    add("--port", type=int, default=8080, metavar="N", help="port of the site and the APIs (%(default)s)")
    add("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    add("--site", type=Path, metavar="DIR", help="static site to serve at /")
    site_header = "header for every file of the site, for example a Content-Security-Policy; repeatable"
    add("--site-header", type=_header, action="append", default=[], metavar="'NAME: VALUE'", help=site_header)
    config = "further key of config.json, with its value in JSON; repeatable"
    add("--config", type=_config, action="append", default=[], metavar="KEY=JSON", help=config)
    add("--stage", default="dev", metavar="NAME", help="Chalice stage in .chalice/config.json (%(default)s)")
    add("--region", default="us-east-1", help="AWS region that functions see (%(default)s)")
    env = "environment variable for every function, over those of config.json; repeatable"
    add("--env", type=_pair, action="append", default=[], metavar="K=V", help=env)
    template = "CloudFormation template; its DynamoDB tables and S3 buckets are made"
    add("--template", type=Path, metavar="FILE", help=template)
    parameter = "parameter of the template; repeatable"
    add("--parameter", type=_pair, action="append", default=[], metavar="K=V", help=parameter)
    identity = "who calls routes of an authorizer that is not here (Cognito, IAM), as JSON; repeatable"
    add("--identity", action="append", default=[], metavar="NAME=JSON", help=identity)
    state = "where data, logs and endpoints.json are kept (%(default)s)"
    add("--state", type=Path, default=Path(".local-stack"), metavar="DIR", help=state)
    storage = "emulator of DynamoDB and S3: %(choices)s (%(default)s)"
    add("--storage", choices=sorted(STORAGES), default=DEFAULT_STORAGE, metavar="NAME", help=storage)
    add("--version", default="local", metavar="TEXT", help="what config.json says as version (%(default)s)")
    every = "run a command so many seconds after the start, and so many after each end; repeatable"
    add("--every", nargs=2, action="append", default=[], metavar=("SECONDS", "COMMAND"), help=every)
    add("--quiet", action="store_true", help="do not show the output of functions")
    add(
        "--no-reload",
        action="store_true",
        help="do not restart functions when a file of the application changes",
    )
    _add_limits(parser)
    return parser


def _add_limits(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("limits", "AWS's quotas by default; smaller ones make tests short")
    add = group.add_argument
    gateway, functions = GatewayLimits(), LambdaLimits()
    workers = "workers of one function at most (%(default)s)"
    add("--max-workers", type=int, default=functions.workers_per_function, metavar="N", help=workers)
    extra = "workers of all functions together at most, beyond the first of each (%(default)s)"
    add("--max-extra-workers", type=int, default=functions.extra_workers, metavar="N", help=extra)
    idle = "a surplus worker ends after this time without an event (%(default)s)"
    add("--worker-idle-seconds", type=float, default=functions.idle_seconds, metavar="S", help=idle)
    retry = "pause before the first retry of an asynchronous event; the second is twice as long (%(default)s)"
    add("--async-retry-seconds", type=float, default=functions.retry_seconds[0], metavar="S", help=retry)
    integration = "how long API Gateway waits for a function (%(default)s)"
    add(
        "--integration-seconds",
        type=float,
        default=gateway.integration_seconds,
        metavar="S",
        help=integration,
    )
    idle_connection = "a WebSocket without traffic is closed after this time (%(default)s)"
    add("--idle-seconds", type=float, default=gateway.idle_seconds, metavar="S", help=idle_connection)
    lifetime = "a WebSocket is closed after this time (%(default)s)"
    add("--lifetime-seconds", type=float, default=gateway.lifetime_seconds, metavar="S", help=lifetime)


def _options(parsed: argparse.Namespace) -> StackOptions:
    if not 0 < parsed.port < 65536:
        raise StackError(f"--port {parsed.port} is not a port: it must be between 1 and 65535")
    if parsed.max_workers < 1:
        raise StackError(
            f"--max-workers {parsed.max_workers} is too few: a function needs at least one worker"
        )
    if parsed.site is not None and not parsed.site.is_dir():
        raise StackError(f"--site {parsed.site} is not a directory")
    if parsed.parameter and parsed.template is None:
        raise StackError("--parameter needs --template: there is no template to give it to")
    return StackOptions(
        app=parsed.app.resolve(),
        port=parsed.port,
        host=parsed.host,
        site=parsed.site,
        site_headers=dict(parsed.site_header),
        stage=parsed.stage,
        region=parsed.region,
        env=dict(parsed.env),
        template=parsed.template,
        parameters=dict(parsed.parameter),
        identities=dict(map(parse_identity, parsed.identity)),
        state=parsed.state.resolve(),
        storage=parsed.storage,
        version=parsed.version,
        site_config=dict(parsed.config),
        quiet=parsed.quiet,
        scheduled=tuple(Scheduled.parse(*given) for given in parsed.every),
        reload=not parsed.no_reload,
        gateway=replace(
            GatewayLimits(),
            integration_seconds=parsed.integration_seconds,
            idle_seconds=parsed.idle_seconds,
            lifetime_seconds=parsed.lifetime_seconds,
        ),
        functions=replace(
            LambdaLimits(),
            workers_per_function=parsed.max_workers,
            extra_workers=parsed.max_extra_workers,
            idle_seconds=parsed.worker_idle_seconds,
            retry_seconds=(parsed.async_retry_seconds, 2 * parsed.async_retry_seconds),
        ),
    )
