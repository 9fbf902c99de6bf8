"""Everything that touches the world: the ports, and what they are on AWS."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from chalicelib.adapters.aws import Aws, Functions, WebSocketCloser, count_throttles
from chalicelib.adapters.clients import Poster as FramePoster
from chalicelib.adapters.clock import SystemClock
from chalicelib.adapters.dynamodb.repositories import repositories
from chalicelib.adapters.dynamodb.table import Table
from chalicelib.adapters.metrics import LoggedMetrics
from chalicelib.adapters.poster import Poster
from chalicelib.domain.allowance import Allowance
from chalicelib.metrics import Metrics
from chalicelib.sentiment.registry import ModelRegistry
from chalicelib.service import ports
from chalicelib.service.repositories import Repositories
from chalicelib.settings import Settings

if TYPE_CHECKING:
    from chalicelib.service.file_ports import FilePorts
    from chalicelib.service.password_ports import PasswordPorts
    from chalicelib.service.preview_ports import PreviewPorts
    from chalicelib.service.provider_sign_in import SignInProvider
    from chalicelib.service.pulse_ports import Heralds
    from chalicelib.service.purge_ports import PurgePorts
    from chalicelib.service.push_ports import PushPorts
    from chalicelib.service.webhook_ports import WebhookPorts


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything that touches the world; tests put fakes in their places."""

    clock: ports.Clock
    repositories: Repositories
    poster: FramePoster
    closer: ports.Closer
    invoker: ports.Invoker
    classifier: ports.Classifier
    metrics: Metrics
    files: Callable[[], "FilePorts"]
    pushes: Callable[[], "PushPorts"]
    heralds: Callable[[], "Heralds"]
    webhooks: Callable[[], "WebhookPorts"]
    purges: Callable[[], "PurgePorts"]
    passwords: Callable[[], "PasswordPorts"]
    previews: Callable[[], "PreviewPorts | None"] = lambda: None
    provided: Callable[[], "SignInProvider | None"] = lambda: None


def sign_in_provider(settings: Settings, clock: ports.Clock) -> "SignInProvider | None":
    """Return the provider that the settings name, if there is one."""
    chosen = settings.oidc
    if chosen is None:
        return None
    # Only who signs people in with a provider pays for it.
    from chalicelib.adapters.oidc import OidcProvider  # noqa: PLC0415
    from chalicelib.service.provider_sign_in import SignInProvider  # noqa: PLC0415

    provider = OidcProvider(clock, chosen.issuer, chosen.client_id, chosen.client_secret)
    return SignInProvider(provider, chosen.admission, chosen.session_hours)


def files_on_aws(settings: Settings, aws: Aws, messages: Table, clock: ports.Clock) -> "FilePorts":
    """Return the ports of files; only who sends or fetches one needs them."""
    from chalicelib.adapters.files import file_ports  # noqa: PLC0415

    return file_ports(aws, messages, clock, settings.files_bucket)


def pushes_on_aws(settings: Settings, messages: Table, clock: ports.Clock) -> "PushPorts":
    """Return the ports of pushes; only who pushes or subscribes needs them."""
    from chalicelib.adapters.dynamodb.pushes import (  # noqa: PLC0415
        DynamoPushKeys,
        DynamoPushSubscriptions,
    )
    from chalicelib.adapters.push import WebPusher  # noqa: PLC0415
    from chalicelib.service.push_ports import PushPorts  # noqa: PLC0415

    keys = DynamoPushKeys(messages, clock)
    pusher = WebPusher(keys, clock, settings.push_contact, loopback=settings.push_loopback)
    return PushPorts(DynamoPushSubscriptions(messages, clock), keys, pusher)


def previews_on_aws(
    settings: Settings, aws: Aws, messages: Table, clock: ports.Clock
) -> "PreviewPorts | None":
    """Return the ports of link previews, if the deployment has them; only who asks for one needs them."""
    if not settings.preview_function:
        return None
    from chalicelib.adapters.dynamodb.previews import DynamoPreviews  # noqa: PLC0415
    from chalicelib.adapters.previews.invoking import InvokedPreviewer  # noqa: PLC0415
    from chalicelib.service.preview_ports import PreviewPorts  # noqa: PLC0415

    previewer = InvokedPreviewer(aws, settings.preview_function)
    return PreviewPorts(DynamoPreviews(messages, clock), previewer)


def webhooks_on_aws(settings: Settings, aws: Aws, messages: Table, clock: ports.Clock) -> "WebhookPorts":
    """Return the ports of calling bots; only who calls one or changes where it is called needs them."""
    from chalicelib.adapters.dynamodb.webhooks import DynamoWebhooks  # noqa: PLC0415
    from chalicelib.adapters.outside.calls import InvokedCalls, WebhookCaller  # noqa: PLC0415
    from chalicelib.service.webhook_ports import WebhookPorts  # noqa: PLC0415

    caller = WebhookCaller(clock, loopback=settings.call_loopback)
    return WebhookPorts(DynamoWebhooks(messages), caller, InvokedCalls(aws, settings.call_function))


def purges_on_aws(messages: Table, clock: ports.Clock) -> "PurgePorts":
    """Return the ports of taking away for good; only who asks for that or does it needs them."""
    from chalicelib.adapters.dynamodb.purges import purge_ports  # noqa: PLC0415

    return purge_ports(messages, clock)


def passwords_on_aws(messages: Table) -> "PasswordPorts":
    """Return the ports of passwords; only who signs in with one or changes it needs them."""
    from chalicelib.adapters.dynamodb.passwords import DynamoPasswords  # noqa: PLC0415
    from chalicelib.domain.passwords import LOG_COST  # noqa: PLC0415
    from chalicelib.service.password_ports import PasswordPorts  # noqa: PLC0415

    return PasswordPorts(DynamoPasswords(messages), LOG_COST)


def heralds_on_aws(settings: Settings, aws: Aws, metrics: Metrics) -> "Heralds":
    """Return who outside is told of turns; only the function that tells of one needs it."""
    from chalicelib.adapters.heralds import TopicAndWebhook  # noqa: PLC0415

    return TopicAndWebhook(aws, settings.mood_topic, settings.mood_webhook, metrics)


def ports_on_aws(settings: Settings, endpoint: str) -> Ports:
    """Return the ports that a function uses; `endpoint` is the address of `@connections`."""
    aws = Aws(settings.region)
    clock = SystemClock()
    metrics = LoggedMetrics(settings.stage, every=settings.every_metric)
    count_throttles(aws.dynamodb, metrics)
    messages = Table(aws.dynamodb, settings.messages_table, metrics)
    functions = settings.delivery_function, settings.push_function, settings.call_function
    return Ports(
        clock=clock,
        repositories=repositories(
            Table(aws.dynamodb, settings.connections_table, metrics),
            messages,
            clock,
            Allowance(settings.rate_per_second, settings.rate_burst),
            settings.token_secret,
            endpoint,
        ),
        poster=Poster(endpoint, credentials=aws.credentials(), region=settings.region),
        closer=WebSocketCloser(aws, endpoint),
        invoker=Functions(aws, *functions, endpoint, metrics, settings.purge_function),
        classifier=ModelRegistry(settings.models_bucket or None, aws.model_client, metrics=metrics),
        metrics=metrics,
        files=cache(lambda: files_on_aws(settings, aws, messages, clock)),
        pushes=cache(lambda: pushes_on_aws(settings, messages, clock)),
        previews=cache(lambda: previews_on_aws(settings, aws, messages, clock)),
        webhooks=cache(lambda: webhooks_on_aws(settings, aws, messages, clock)),
        purges=cache(lambda: purges_on_aws(messages, clock)),
        passwords=cache(lambda: passwords_on_aws(messages)),
        heralds=cache(lambda: heralds_on_aws(settings, aws, metrics)),
        provided=lambda: sign_in_provider(settings, clock),
    )
