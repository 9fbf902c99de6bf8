"""From a checkout to a running chat. Every step looks at what is there: any run completes an earlier one."""

import getpass
import socket
import tomllib
from dataclasses import dataclass
from pathlib import Path

from botocore.exceptions import ClientError

from deploy_extras import bundle, kept, model, names, preflight, site
from deploy_extras.application import Application
from deploy_extras.cloud import Cloud, code
from deploy_extras.console import say, step
from deploy_extras.errors import DeployError
from deploy_extras.pipeline import TEMPLATE
from deploy_extras.record import Record, Resource, find
from deploy_extras.stack import Stack, Stacks

_ROOT = Path(__file__).parents[1]
Parameters = dict[str, str | None]
_NO_SUBNET = "subnet-00000000"  # the template's default


@dataclass(frozen=True)
class Wishes:
    """What was asked for; None leaves a setting as it is.

    ``access_code`` is what people must know to sign in, and empty where nobody shall be asked.
    """

    stage: str
    access_code: str | None = None
    trainer: bool = True
    subnet: str | None = None
    unlock: bool = False
    parameters: tuple[tuple[str, str], ...] = ()
    workspace: Path = _ROOT / "build" / "deploy"


class Deployment:
    """One run of `deploy`."""

    def __init__(self, cloud: Cloud, wishes: Wishes, stacks: Stacks | None = None) -> None:
        self._cloud = cloud
        self._wishes = wishes
        self._stacks = stacks or Stacks(cloud)
        self._name = names.stack(wishes.stage)
        self._template = TEMPLATE.read_text("utf-8")

    def run(self) -> str:
        """Deploy, and return the address of the site."""
        self._announce()
        parameters = self._parameters()
        step("Tables, buckets and site")
        found = kept.existing(self._cloud, self._wishes.stage)
        self._stacks.take_over(self._name, kept.template(found), self._wishes.stage, found)
        stack = self._stacks.apply(self._name, self._template, parameters)
        bucket = stack.outputs["ModelsBucket"]
        record = Record(self._cloud, bucket)
        owner = f"{getpass.getuser()}@{socket.gethostname()}"
        with record.locked(owner, force=self._wishes.unlock):
            step("Model")
            model.publish_first(self._cloud, bucket)
            step("Functions and APIs")
            application = Application(self._cloud, self._wishes.stage, record, self._wishes.workspace)
            resources = application.deploy(self._environment(stack))
            apis = Apis.of(resources)
            step("What needs the APIs or the model bucket")
            further = {
                "RestApiId": apis.rest_id,
                "WebsocketApiId": apis.websocket_id,
                **self._trainer(bucket),
            }
            stack = self._stacks.apply(self._name, self._template, {**parameters, **further})
            step("Site")
            self._site(stack, apis)
        address = stack.outputs["SiteUrl"]
        say(f"\nUndertone {self._wishes.stage} is at {address}")
        return address

    def _announce(self) -> None:
        preflight.check_tools()
        say(f"Stage {self._wishes.stage} in account {self._cloud.account}, region {self._cloud.region}:")
        present = self._stacks.find(self._name)
        say(f"  the stack {self._name} is {'updated' if present else 'made'}: tables, buckets, site, alarms")
        say("  `chalice deploy` makes or updates 5 functions, their roles and 2 APIs")
        say(f"  {'a trainer that starts on its schedule' if self._wishes.trainer else 'no trainer'}")
        say("  static_site/ goes to its bucket")
        warning = preflight.concurrency_warning(self._cloud)
        if warning:
            say(f"Mind: {warning}")

    def _parameters(self) -> Parameters:
        """Return the parameters; those that are known later keep their values meanwhile."""
        later = ("RestApiId", "WebsocketApiId", "TrainerBundle", "TrainerBundleSha256", "TrainerVpc")
        parameters: Parameters = {"Stage": self._wishes.stage, "AccessCode": self._wishes.access_code}
        kept = ("TrainerSubnet", "TrainerSchedule", "TrainerInstanceType", "LogRetentionDays", "AlarmEmail")
        parameters |= dict.fromkeys((*later, *kept, "DomainName", "CertificateArn", "DeletionProtection"))
        if self._wishes.stage == "prod" and self._stacks.find(self._name) is None:
            parameters["DeletionProtection"] = "true"
        unknown = {name for name, _ in self._wishes.parameters} - parameters.keys()
        if unknown:
            raise DeployError(
                f"The template has no parameter {', '.join(sorted(unknown))}; it has {', '.join(parameters)}."
            )
        return parameters | dict(self._wishes.parameters)

    def _environment(self, stack: Stack) -> dict[str, str]:
        found = {
            "CONNECTIONS_TABLE": stack.outputs["ConnectionsTable"],
            "MESSAGES_TABLE": stack.outputs["MessagesTable"],
            "MODELS_BUCKET": stack.outputs["ModelsBucket"],
            "DELIVERY_FUNCTION": names.function(self._wishes.stage, "deliver"),
        }
        access_code = self._access_code()
        return found | ({"ACCESS_CODE": access_code} if access_code else {})

    def _access_code(self) -> str:
        """Return the code in force: the stack keeps it, so that a deployment from anywhere finds it again."""
        try:
            name = f"/{names.APP}/{self._wishes.stage}/access-code"
            return str(self._cloud.client("ssm").get_parameter(Name=name)["Parameter"]["Value"])
        except ClientError as error:
            if code(error) == "ParameterNotFound":
                return ""
            raise

    def _trainer(self, bucket: str) -> Parameters:
        nothing: Parameters = {"TrainerBundle": "", "TrainerBundleSha256": ""}
        if not self._wishes.trainer:
            return nothing
        present = self._stacks.find(self._name)
        before = (present.parameters if present else {}).get("TrainerSubnet", _NO_SUBNET)
        chosen = self._wishes.subnet or (before if before != _NO_SUBNET else None)
        network = (
            preflight.network_of(self._cloud, chosen) if chosen else preflight.default_network(self._cloud)
        )
        if network is None:
            say("Mind: this region has no default VPC, so there is no trainer; for one say SUBNET=subnet-…")
            return nothing
        wheels = bundle.download(bundle.REQUIREMENTS, self._wishes.workspace / "wheels")
        archive = bundle.pack(wheels, bundle.SOURCES, bundle.corpora())
        made = bundle.publish(self._cloud, bucket, archive)
        return {
            "TrainerBundle": made.key,
            "TrainerBundleSha256": made.sha256,
            "TrainerVpc": network.vpc,
            "TrainerSubnet": network.subnet,
        }

    def _site(self, stack: Stack, apis: "Apis") -> None:
        version = tomllib.loads((_ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
        wanted = [*site.files(site.FOLDER), site.config(apis.websocket_url, apis.rest_url, version)]
        changed = site.upload(self._cloud, stack.outputs["SiteBucket"], wanted)
        say(
            f"{len(changed)} files of the site have changed" if changed else "no file of the site has changed"
        )
        distribution, bucket = stack.outputs["SiteDistribution"], stack.outputs["ModelsBucket"]
        if site.invalidate(self._cloud, distribution, wanted, bucket):
            say("CloudFront forgets what it holds of the earlier site within a minute or two")


@dataclass(frozen=True, slots=True)
class Apis:
    """The two APIs, as Chalice's record names them."""

    rest_id: str
    rest_url: str
    websocket_id: str
    websocket_url: str

    @classmethod
    def of(cls, resources: list[Resource]) -> "Apis":
        """Read them from a record; addresses come without a slash at their end."""
        rest, websocket = find(resources, "rest_api"), find(resources, "websocket_api")
        if rest is None or websocket is None:
            raise DeployError("Chalice's record lacks an API; run the command again.")
        return cls(
            rest["rest_api_id"],
            rest.get("rest_api_url", "").rstrip("/"),
            websocket["websocket_api_id"],
            websocket.get("websocket_api_url", "").rstrip("/"),
        )
