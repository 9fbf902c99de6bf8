"""From a checkout to a running chat. Every step checks what exists: a run completes an interrupted one."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chalicelib import __version__
from deploy_extras import access, bundle, home, model, names, preflight, protection, retained, sign_in, site
from deploy_extras.application import Application
from deploy_extras.choices import Choices
from deploy_extras.cloud import Cloud
from deploy_extras.console import say, step
from deploy_extras.errors import DeployError
from deploy_extras.package import APP
from deploy_extras.record import Record, Resource, find
from deploy_extras.stack import Stack, Stacks
from deploy_extras.template import TEMPLATE

_ROOT = Path(__file__).parents[1]
Parameters = dict[str, str | None]
_NO_SUBNET = "subnet-00000000"  # the template's default


@dataclass(frozen=True)
class DeployOptions:
    """The options of `deploy`; None leaves a setting as it is.

    ``access_code`` is what people must know to sign in; an empty one lets everybody in. ``settings`` are
    those of the functions that say how people sign in.
    """

    stage: str
    access_code: str | None = None
    choices: Choices = field(default_factory=Choices)
    subnet: str | None = None
    unlock: bool = False
    parameters: tuple[tuple[str, str], ...] = ()
    workspace: Path = _ROOT / "build" / "deploy"
    application: Path = APP
    settings: tuple[tuple[str, str], ...] = ()


class Deployment:
    """One run of `deploy`."""

    def __init__(self, cloud: Cloud, options: DeployOptions, stacks: Stacks | None = None) -> None:
        self._cloud = cloud
        self._options = options
        self._stacks = stacks or Stacks(cloud)
        self._name = names.stack(options.stage)
        self._template = TEMPLATE.read_text("utf-8")
        self._choices = options.choices
        self._sign_in: dict[str, str] = {}

    def run(self) -> str:
        """Deploy, and return the address of the site."""
        stage = self._options.stage
        home.refuse_elsewhere(self._cloud, stage)
        before = Choices.load(self._cloud, names.models_bucket(stage, self._cloud.account))
        self._choices = self._options.choices.over(before)
        self._announce()
        # Wrong settings and a provider that does not answer are found before anything changes.
        self._sign_in = self._sign_in_settings()
        sign_in_of_page = sign_in.described(self._sign_in, access_code=False)
        parameters = self._parameters()
        step("Tables, buckets and site")
        self._import_retained()
        stack = self._stacks.apply(self._name, self._template, parameters)
        bucket = stack.outputs["ModelsBucket"]
        record = Record(self._cloud, bucket)
        with record.locked(force=self._options.unlock):
            self._choices.save(self._cloud, bucket)
            step("Model")
            model.publish_first(self._cloud, bucket)
            step("Functions and APIs")
            application = Application(
                self._cloud, stage, record, self._options.workspace, self._options.application
            )
            resources = application.deploy(
                self._environment(stack), self._own_environments(), self._choices.architecture
            )
            apis = Apis.of(resources)
            step("What needs the APIs or the model bucket")
            further = {
                "RestApiId": apis.rest_id,
                "WebsocketApiId": apis.websocket_id,
                **self._trainer(bucket),
                **protection.after(self._options.stage, dict(self._options.parameters)),
            }
            stack = self._stacks.apply(self._name, self._template, {**parameters, **further})
            expired = bundle.expire(self._cloud, bucket, further["TrainerBundle"] or "")
            if expired:
                say(f"old bundles of the trainer that were deleted: {expired}")
            step("Site")
            self._site(stack, apis, sign_in_of_page)
        address = stack.outputs["SiteUrl"]
        say(f"\nUndertone {stage} is at {address}")
        return address

    def _import_retained(self) -> None:
        """Let the stack begin with what an earlier `destroy` kept."""
        found = retained.resources(self._cloud, self._options.stage)
        if found and self._stacks.usable(self._name) is None:
            # As the template says, so that the last step changes it.
            protection.unprotect(self._cloud, f"{self._name}-messages")
            part = retained.import_template(found)
            self._stacks.import_resources(self._name, part, self._options.stage, found)

    def _announce(self) -> None:
        preflight.check_tools()
        say(f"Stage {self._options.stage} in account {self._cloud.account}, region {self._cloud.region}:")
        present = self._stacks.find(self._name)
        verb = "updates" if present else "creates"
        say(f"  CloudFormation {verb} the stack {self._name}: tables, buckets, site, alarms")
        say("  `chalice deploy` creates or updates 5 functions, their roles and 2 APIs")
        if self._choices.trainer is False:
            say("  no trainer, as TRAINER=no chose (TRAINER=yes brings it back)")
        else:
            say("  a trainer that starts on its schedule")
        say("  static_site/ goes to its bucket")
        warning = preflight.concurrency_warning(self._cloud)
        if warning:
            say(f"Warning: {warning}")

    def _parameters(self) -> Parameters:
        """Return the parameters; those that later steps determine keep their present values."""
        later = ("RestApiId", "WebsocketApiId", "TrainerBundle", "TrainerBundleSha256", "TrainerVpc")
        code = access.chosen(self._cloud, self._options.stage, self._options.access_code)
        parameters: Parameters = {"Stage": self._options.stage, "AccessCodeHash": code}
        optional = (
            "TrainerSubnet",
            "TrainerSchedule",
            "TrainerInstanceType",
            "LogRetentionDays",
            "AlarmEmail",
        )
        parameters |= dict.fromkeys((*later, *optional, "DomainName", "CertificateArn"))
        parameters |= sign_in.parameters(dict(self._options.settings))
        parameters |= protection.before(exists=self._stacks.usable(self._name) is not None)
        unknown = {name for name, _ in self._options.parameters} - parameters.keys()
        if unknown:
            raise DeployError(
                f"The template has no parameter {', '.join(sorted(unknown))}; it has {', '.join(parameters)}."
            )
        return parameters | dict(self._options.parameters)

    def _environment(self, stack: Stack) -> dict[str, str]:
        return {
            "CONNECTIONS_TABLE": stack.outputs["ConnectionsTable"],
            "MESSAGES_TABLE": stack.outputs["MessagesTable"],
            "MODELS_BUCKET": stack.outputs["ModelsBucket"],
            "DELIVERY_FUNCTION": names.function(self._options.stage, "deliver"),
        }

    def _sign_in_settings(self) -> dict[str, str]:
        before = access.sign_in_settings(self._cloud, self._options.stage)
        return sign_in.over(before, dict(self._options.settings))

    def _own_environments(self) -> dict[str, dict[str, str]]:
        """Return the variables of single functions: only the one that signs people in knows its secrets."""
        found = access.in_force(self._cloud, self._options.stage)
        own = self._sign_in | ({"ACCESS_CODE_HASH": found} if found else {})
        return {"api_handler": own} if own else {}

    def _trainer(self, bucket: str) -> Parameters:
        nothing: Parameters = {"TrainerBundle": "", "TrainerBundleSha256": ""}
        if self._choices.trainer is False:
            return nothing
        present = self._stacks.find(self._name)
        before = (present.parameters if present else {}).get("TrainerSubnet", _NO_SUBNET)
        chosen = self._options.subnet or (before if before != _NO_SUBNET else None)
        network = (
            preflight.network_of(self._cloud, chosen) if chosen else preflight.default_network(self._cloud)
        )
        if network is None:
            say("Warning: no trainer, for this region has no default VPC; to get one, set SUBNET=subnet-…")
            return nothing
        wheels = bundle.download(bundle.REQUIREMENTS, self._options.workspace / "wheels")
        archive = bundle.pack(wheels, bundle.SOURCES, bundle.corpora())
        made = bundle.publish(self._cloud, bucket, archive)
        return {
            "TrainerBundle": made.key,
            "TrainerBundleSha256": made.sha256,
            "TrainerVpc": network.vpc,
            "TrainerSubnet": network.subnet,
        }

    def _site(self, stack: Stack, apis: "Apis", sign_in_of_page: dict[str, Any]) -> None:
        code = bool(access.in_force(self._cloud, self._options.stage))
        ways = sign_in_of_page | {"accessCode": code}
        wanted = [*site.files(site.FOLDER), site.config(apis.websocket_url, apis.rest_url, __version__, ways)]
        changed = site.upload(self._cloud, stack.outputs["SiteBucket"], wanted)
        say(
            f"{len(changed)} files of the site have changed" if changed else "no file of the site has changed"
        )
        distribution, bucket = stack.outputs["SiteDistribution"], stack.outputs["ModelsBucket"]
        if site.invalidate(self._cloud, distribution, wanted, bucket):
            say("CloudFront drops its cached copies of the earlier site within a minute or two")


@dataclass(frozen=True, slots=True)
class Apis:
    """The two APIs, as Chalice's record names them."""

    rest_id: str
    rest_url: str
    websocket_id: str
    websocket_url: str

    @classmethod
    def of(cls, resources: list[Resource]) -> "Apis":
        """Read them from a record; the addresses have no trailing slash."""
        rest, websocket = find(resources, "rest_api"), find(resources, "websocket_api")
        if rest is None or websocket is None:
            raise DeployError("Chalice's record lacks an API; run the command again.")
        return cls(
            rest["rest_api_id"],
            rest.get("rest_api_url", "").rstrip("/"),
            websocket["websocket_api_id"],
            websocket.get("websocket_api_url", "").rstrip("/"),
        )
