"""From a checkout to a running chat. Every step checks what exists: a run completes an interrupted one."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chalicelib import __version__
from deploy_extras import (
    access,
    after_chalice,
    bundle,
    home,
    model,
    names,
    preflight,
    protection,
    push_key,
    restore,
    retained,
    sign_in,
    site,
    template,
)
from deploy_extras.application import Application
from deploy_extras.choices import Choices
from deploy_extras.cloud import Cloud
from deploy_extras.console import say, step
from deploy_extras.errors import DeployError
from deploy_extras.package import APP
from deploy_extras.record import Record, Resource, find
from deploy_extras.release import deployment
from deploy_extras.stack import Stack, Stacks
from deploy_extras.trainer_stack import CHOSEN, TrainerStack, try_to_deploy

_ROOT = Path(__file__).parents[1]
Parameters = dict[str, str | None]


@dataclass(frozen=True)
class DeployOptions:
    """The options of `deploy`; None leaves a setting as it is.

    ``access_code`` is what people must know to sign in; an empty one lets everybody in. ``admin_code`` makes
    whoever knows it an admin; an empty one nobody. ``settings`` are those of the functions that say how
    people sign in.
    """

    stage: str
    access_code: str | None = None
    admin_code: str | None = None
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
        self._template = template.body()
        self._trainer = TrainerStack(cloud, options.stage, self._stacks)
        self._choices = options.choices
        self._sign_in: dict[str, str] = {}
        self._codes: dict[access.Kind, str] = {}

    def run(self) -> str:
        """Deploy, and return the address of the site."""
        stage = self._options.stage
        home.refuse_elsewhere(self._cloud, stage)
        before = Choices.load(self._cloud, names.models_bucket(stage, self._cloud.account))
        self._choices = self._options.choices.over(before)
        self._announce()
        # Wrong settings and a provider that does not answer are found before anything changes.
        self._sign_in = self._sign_in_settings()
        ways = sign_in.described(self._sign_in)
        given = dict(self._options.parameters)
        trainers = {name: given.pop(name, None) for name in CHOSEN}
        parameters = self._parameters(given)
        step("Tables, buckets and site")
        self._import_retained()
        stack = self._stacks.apply(self._name, self._template, parameters)
        self._codes = {kind: access.in_force(self._cloud, stage, kind) for kind in access.KINDS}
        bucket = stack.outputs["ModelsBucket"]
        record = Record(self._cloud, bucket)
        with record.locked(force=self._options.unlock):
            self._choices.save(self._cloud, bucket)
            step("Model")
            model.publish_first(self._cloud, bucket)
            push_key.make_first(self._cloud, stack.outputs["MessagesTable"])
            step("Functions and APIs")
            application = Application(
                self._cloud, stage, record, self._options.workspace, self._options.application
            )
            resources = application.deploy(
                self._environment(stack),
                self._own_environments(stack),
                self._choices.architecture,
                tracing=stack.parameters["Tracing"] == "true",
            )
            apis = Apis.of(resources)
            limits = after_chalice.Limits.of(stack.parameters)
            after_chalice.rest_api(self._cloud, apis.rest_id, limits)
            after_chalice.websocket_api(self._cloud, apis.websocket_id, limits)
            step("What needs the APIs")
            further = {
                "RestApiId": apis.rest_id,
                "WebsocketApiId": apis.websocket_id,
                **protection.after(stage, given),
            }
            stack = self._stacks.apply(self._name, self._template, {**parameters, **further})
            step("Site")
            self._site(stack, apis, ways)
            step("Trainer")
            if self._choices.trainer is False:
                self._trainer.remove()
                bundle.expire(self._cloud, bucket, "")
            else:
                try_to_deploy(self._trainer, stack, trainers, self._options.subnet, self._options.workspace)
        if ways["name"] and not self._codes["access"]:
            say(
                "\nWARNING: everybody who knows the address may sign in and write, at your expense. "
                "Set ACCESS_CODE=… to ask for a code."
            )
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
        say("  `chalice deploy` creates or updates 7 functions, their roles and 2 APIs")
        if self._choices.trainer is False:
            say("  no trainer, as TRAINER=no chose (TRAINER=yes brings it back)")
        else:
            say("  a trainer that starts on its schedule")
        say("  static_site/ goes to its bucket")
        warning = preflight.concurrency_warning(self._cloud)
        if warning:
            say(f"Warning: {warning}")

    def _parameters(self, given: dict[str, str]) -> Parameters:
        """Return the parameters; those that later steps determine keep their present values."""
        stage = self._options.stage
        parameters: Parameters = {
            "Stage": stage,
            "AccessCodeHash": access.chosen(self._cloud, stage, self._options.access_code),
            "AdminCodeHash": access.chosen(self._cloud, stage, self._options.admin_code, "admin"),
        }
        parameters |= dict.fromkeys(template.load()["Parameters"].keys() - parameters.keys())
        parameters |= sign_in.parameters(dict(self._options.settings))
        present = self._stacks.usable(self._name)
        parameters |= protection.before(exists=present is not None)
        if present is None or "RestoredTable" not in present.parameters:
            # What an earlier stack used when it was destroyed.
            parameters["RestoredTable"] = restore.noted(self._cloud, self._options.stage)
        unknown = given.keys() - parameters.keys()
        if unknown:
            known = ", ".join(sorted({*parameters, *CHOSEN}))
            raise DeployError(f"The template has no parameter {', '.join(sorted(unknown))}; it has {known}.")
        return parameters | given

    def _environment(self, stack: Stack) -> dict[str, str]:
        return {
            "CONNECTIONS_TABLE": stack.outputs["ConnectionsTable"],
            "MESSAGES_TABLE": stack.outputs["MessagesTable"],
            "MODELS_BUCKET": stack.outputs["ModelsBucket"],
            "FILES_BUCKET": stack.outputs["FilesBucket"],
            "DELIVERY_FUNCTION": names.function(self._options.stage, "deliver"),
            "PUSH_FUNCTION": names.function(self._options.stage, "push"),
            "CALL_FUNCTION": names.function(self._options.stage, "call"),
            "PURGE_FUNCTION": names.function(self._options.stage, "purge"),
            "PREVIEW_FUNCTION": names.function(self._options.stage, "preview"),
            "ROOMS_BY": stack.parameters["RoomsBy"],
            "PUSH_CONTACT": stack.outputs["SiteUrl"],
            "METRICS": stack.parameters["Metrics"],
        }

    def _sign_in_settings(self) -> dict[str, str]:
        before = access.sign_in_settings(self._cloud, self._options.stage)
        return sign_in.over(before, dict(self._options.settings))

    def _own_environments(self, stack: Stack) -> dict[str, dict[str, str]]:
        """Return the variables of single functions: each knows the secrets that it needs alone.

        The function that fetches pages of others knows none.
        """
        codes = {f"{kind.upper()}_CODE_HASH": code for kind, code in self._codes.items() if code}
        moods = {"MOOD_TOPIC": stack.outputs["MoodTopic"], "MOOD_WEBHOOK": stack.parameters["MoodWebhook"]}
        previews = {"LINK_PREVIEWS": stack.parameters["LinkPreviews"]}
        return {"api_handler": {**self._sign_in, **codes, **previews}, "deliver": moods}

    def _site(self, stack: Stack, apis: "Apis", ways: dict[str, Any]) -> None:
        ways |= {f"{kind}Code": bool(code) for kind, code in self._codes.items()}
        previews = stack.parameters["LinkPreviews"] == "yes"
        config = site.config(
            apis.websocket_url,
            apis.rest_url,
            __version__,
            ways,
            link_previews=previews,
            rooms_by=stack.parameters["RoomsBy"],
        )
        wanted = [*deployment(site.FOLDER), config]
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
