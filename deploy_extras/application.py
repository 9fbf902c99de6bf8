"""`chalice deploy`, on a copy of the application with the settings of this deployment."""

import filecmp
import json
import shutil
import sys
from pathlib import Path

from chalicelib import __version__
from deploy_extras import after_chalice, bytecode, names, other_user, policies
from deploy_extras.adopt import adopt
from deploy_extras.cloud import Cloud
from deploy_extras.console import say
from deploy_extras.errors import DeployError
from deploy_extras.existing import existing, still_there
from deploy_extras.package import APP, Chalice, architecture_of, clean_copy
from deploy_extras.package_check import PackageError, check
from deploy_extras.packages import Packages
from deploy_extras.record import Record, Resource, find

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
Environment = dict[str, str]


class Application:
    """The functions and APIs of one stage.

    Parameters
    ----------
    workspace
        A folder that is kept: Chalice reuses the packages in it.
    source
        The application's folder.
    """

    def __init__(self, cloud: Cloud, stage: str, record: Record, workspace: Path, source: Path = APP) -> None:
        self._source = source
        self._bucket = names.models_bucket(stage, cloud.account)
        self._cloud = cloud
        self._stage = stage
        self._record = record
        self._copy = workspace / stage / "app"

    def deploy(
        self,
        environment: Environment,
        own: dict[str, Environment],
        architecture: str | None = None,
        *,
        tracing: bool = False,
    ) -> list[Resource]:
        """Deploy with these environment variables and those of the stage; return Chalice's record.

        ``own`` are further variables of single functions. ``architecture`` is used in place of the one in
        Chalice's configuration. With ``tracing`` X-Ray traces the functions.

        Raises
        ------
        DeployError
            The package is incomplete, or Chalice failed; its output is above or in the message.
        """
        known = adopt(self._cloud, self._stage, still_there(self._cloud, self._record.load()))
        # Saved at once: a run that is killed from here on leaves no API without a record.
        self._record.save(known)
        api = (find(known, "websocket_api") or {}).get("websocket_api_id", "")
        self._prepare(known, api)
        self._configure(environment, own, architecture, tracing=tracing)
        with self._chalice() as chalice:
            package = self._check_package(chalice)
            self._run(chalice, "deploy")
        deployed: list[Resource] = json.loads(self._deployed.read_text("utf-8"))["resources"]
        self._record.save(deployed)
        self._finish(deployed, before=api)
        Packages(self._cloud, self._bucket).keep(
            package,
            version=__version__,
            runtime=f"python{PYTHON}",
            architecture=architecture_of(self._copy, self._stage),
        )
        return deployed

    def delete(self) -> None:
        """Delete all functions, roles and APIs that exist, also after an interrupted run.

        Raises
        ------
        DeployError
            Chalice failed; its output is above.
        """
        known = existing(self._cloud, self._stage, self._record.load())
        if not known:
            say("the application is not deployed")
            self._record.forget()
            return
        self._prepare(known, "")
        with self._chalice() as chalice:
            self._run(chalice, "delete")
        self._record.forget()

    @property
    def _deployed(self) -> Path:
        return self._copy / ".chalice" / "deployed" / f"{self._stage}.json"

    @property
    def _packages(self) -> Path:
        """The folder of Chalice's packages, each named by a hash of what it was made from."""
        return self._copy / ".chalice" / "deployments"

    def _chalice(self) -> Chalice:
        return Chalice(self._copy, self._stage, self._cloud.environment())

    def _run(self, chalice: Chalice, command: str) -> None:
        try:
            chalice.run(command)
        except PackageError as error:
            raise DeployError(str(error)) from error

    def _prepare(self, known: list[Resource], api: str) -> None:
        kept = self._copy.parent / "packages"
        shutil.rmtree(kept, ignore_errors=True)
        if self._packages.exists():
            self._packages.rename(kept)
        shutil.rmtree(self._copy, ignore_errors=True)
        clean_copy(self._source, self._copy)
        if kept.exists():
            kept.rename(self._packages)
        policies.fill_in(
            self._copy,
            self._stage,
            region=self._cloud.region,
            account=self._cloud.account,
            websocket_api=api,
        )
        if known:
            self._deployed.parent.mkdir(parents=True, exist_ok=True)
            self._deployed.write_text(json.dumps({"schema_version": "2.0", "resources": known}), "utf-8")

    def _configure(
        self,
        environment: Environment,
        own: dict[str, Environment],
        architecture: str | None,
        *,
        tracing: bool,
    ) -> None:
        policies.use_messages_table(self._copy, self._stage, environment["MESSAGES_TABLE"])
        path = self._copy / ".chalice" / "config.json"
        config = json.loads(path.read_text("utf-8"))
        stage = config["stages"][self._stage]
        stage.setdefault("environment_variables", {}).update(environment)
        for function, variables in own.items():
            stage["lambda_functions"][function].setdefault("environment_variables", {}).update(variables)
        stage["xray"] = tracing
        stage |= {"lambda_architecture": architecture} if architecture else {}
        path.write_text(json.dumps(config, indent=2), "utf-8")

    def _check_package(self, chalice: Chalice) -> Path:
        """Make, check and return the package before anything changes; `chalice deploy` uses the same one."""
        out = self._copy.parent / "package"
        shutil.rmtree(out, ignore_errors=True)
        try:
            chalice.run("package", str(out))
            package = self._packaged(out / "deployment.zip")
            bytecode.add(package)
            check(package, self._source / "requirements.txt", architecture_of(self._copy, self._stage))
            say(f"  {other_user.prove_once(package)}")
        except PackageError as error:
            raise DeployError(str(error)) from error
        return package

    def _packaged(self, copied: Path) -> Path:
        """Return the package that Chalice copied: it keeps those of earlier sources beside it."""
        return next(p for p in self._packages.glob("*.zip") if filecmp.cmp(p, copied, shallow=False))

    def _finish(self, deployed: list[Resource], *, before: str) -> None:
        """Configure what Chalice has no setting for; `before` is the WebSocket API that its policies name."""
        after_chalice.functions(self._cloud, self._stage)
        api = (find(deployed, "websocket_api") or {})["websocket_api_id"]
        if api == before:
            return
        # It is new, or in place of one that somebody deleted; Chalice gave the roles their policies before.
        for name in names.FUNCTIONS:
            text = policies.path(self._copy, self._stage, name).read_text("utf-8")
            policy = policies.exact(
                json.loads(text), region=self._cloud.region, account=self._cloud.account, websocket_api=api
            )
            role = names.role(self._stage, name)
            self._cloud.client("iam").put_role_policy(
                RoleName=role, PolicyName=role, PolicyDocument=json.dumps(policy)
            )
