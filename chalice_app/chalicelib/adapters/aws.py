"""Clients of AWS services, each made when it is first needed: a function that only reads pays for one."""

import gc
import json
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.loaders import Loader

from chalicelib.domain.news import Kind
from chalicelib.errors import Unavailable
from chalicelib.metrics import Metric, Metrics

logger = logging.getLogger(__name__)

# Storage in the same region answers in milliseconds; after seconds no answer will come. All attempts together
# stay below the 15 s of the shortest function, so that it can still answer `unavailable`.
_STORAGE = Config(connect_timeout=1, read_timeout=2, retries={"mode": "standard", "total_max_attempts": 3})
# A model is fetched after a message was delivered, so it may take longer.
_MODELS = Config(connect_timeout=1, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 1})
_CONTROL = Config(connect_timeout=1, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3})


SERVICES = ("apigatewaymanagementapi", "dynamodb", "lambda", "s3", "sns")


class _ServiceLoader(Loader):  # type: ignore[misc] # botocore has no types
    """botocore's data loader, told which services there are.

    For the first client, botocore lists the 400 folders of all services, twice, to see whether it knows the
    one that is asked for. That is a tenth of what connecting costs in a new function.
    """

    def list_available_services(self, type_name: str) -> list[str]:
        """Return the services that the functions use."""
        return list(SERVICES)


class Aws:
    """A botocore session and its clients; boto3 would add nothing but time to the start."""

    def __init__(self, region: str) -> None:
        self._session = botocore.session.get_session()
        self._session.register_component("data_loader", _ServiceLoader())
        self._region = region

    def credentials(self) -> Any:
        """Return the function's credentials, which renew themselves."""
        return self._session.get_credentials()

    @cached_property
    def dynamodb(self) -> Any:
        """Return the client of DynamoDB."""
        return self.client("dynamodb", _STORAGE)

    def model_client(self) -> Any:
        """Return the client of S3 that fetches models."""
        return self.client("s3", _MODELS)

    def client(self, service: str, config: Config = _CONTROL, **arguments: Any) -> Any:
        """Return a new client of one of `SERVICES`."""
        with _garbage_collection_disabled():
            return self._session.create_client(service, region_name=self._region, config=config, **arguments)


@contextmanager
def _garbage_collection_disabled() -> Iterator[None]:
    """Disable garbage collection: botocore reads a megabyte of JSON here, and nearly all of it stays.

    Collecting again and again while it grows would take longer than reading it.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


# What DynamoDB calls a refusal of too much, by itself or as a reason why it cancelled a transaction.
_THROTTLED = ("ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded")
_THROTTLED_PART = ("ProvisionedThroughputExceeded", "ThrottlingError")


def count_throttles(client: Any, metrics: Metrics) -> None:
    """Count what DynamoDB refuses for being too much: botocore repeats such requests without a word."""

    def look(response: tuple[Any, dict[str, Any]] | None = None, **_: Any) -> None:
        answer = response[1] if response else {}
        reasons = {reason.get("Code") for reason in answer.get("CancellationReasons", ())}
        if answer.get("Error", {}).get("Code") in _THROTTLED or reasons.intersection(_THROTTLED_PART):
            metrics.count(Metric.STORAGE_THROTTLES)

    client.meta.events.register("needs-retry.dynamodb", look)


class Functions:
    """The port `Invoker`: invokes functions asynchronously.

    Without a push function nothing is pushed, and without a call function no bot is called.
    """

    def __init__(
        self, aws: Aws, delivery: str, push: str, call: str, endpoint: str, metrics: Metrics, purge: str = ""
    ) -> None:
        self._aws = aws
        self._delivery = delivery
        self._push = push
        self._call = call
        self._purge = purge
        self._endpoint = endpoint
        self._metrics = metrics

    @cached_property
    def _client(self) -> Any:
        return self._aws.client("lambda")

    def deliver(self, room: str, shard: int, endpoint: str = "") -> None:
        """Invoke it; if that fails, the next sender, joiner or ping delivers."""
        self._invoke({"room": room, "shard": shard, "endpoint": endpoint or self._endpoint})

    def repeat(self, room: str, shard: int, after: int, connection_ids: Sequence[str]) -> None:
        """Invoke it; if that fails, the connections find out by their next ping."""
        again = {"repeat": list(connection_ids), "after": after}
        self._invoke({"room": room, "shard": shard, "endpoint": self._endpoint, **again})

    def announce(self, room: str, endpoint: str = "") -> None:
        """Invoke it; if that fails, the claim on the turn ends soon and somebody's next frame announces."""
        self._invoke({"room": room, "announce": True, "endpoint": endpoint or self._endpoint})

    def tell(self, kind: Kind, room: str, connection_ids: Sequence[str], endpoint: str = "") -> None:
        """Invoke it; if that fails, clients learn of it with their next request."""
        news = {"news": kind, "room": room, "connections": list(connection_ids)}
        self._invoke({**news, "endpoint": endpoint or self._endpoint})

    def push(self, room: str, seq: int, *, watched: bool) -> None:
        """Invoke the push function; if that fails, whoever has no page open hears nothing of the message."""
        if self._push:
            self._invoke({"room": room, "seq": seq, "watched": watched}, self._push)

    def call(self, bot_id: str, room: str, seq: int) -> None:
        """Invoke the call function; if that fails, the bot hears nothing of the message."""
        if self._call:
            self._invoke({"bot": bot_id, "room": room, "seq": seq}, self._call)

    def purge(self, purge_id: str) -> None:
        """Invoke the purge function; whoever asked is told if that fails."""
        if not self._purge or not self._invoke({"purge": purge_id}, self._purge):
            raise Unavailable("It could not be started. Nothing was deleted; try again.", retry_after=1)

    def _invoke(self, event: dict[str, Any], function: str = "") -> bool:
        name = function or self._delivery
        try:
            self._client.invoke(FunctionName=name, InvocationType="Event", Payload=json.dumps(event).encode())
        except (ClientError, BotoCoreError):
            self._metrics.count(Metric.HAND_OVER_FAULTS)
            logger.warning("%s could not be invoked", name, extra=event, exc_info=True)
            return False
        return True


class WebSocketCloser:
    """The port `Closer`: closes connections through API Gateway."""

    def __init__(self, aws: Aws, endpoint: str) -> None:
        self._aws = aws
        self._endpoint = endpoint

    @cached_property
    def _client(self) -> Any:
        return self._aws.client("apigatewaymanagementapi", endpoint_url=self._endpoint)

    def close(self, connection_id: str) -> None:
        try:
            self._client.delete_connection(ConnectionId=connection_id)
        except (ClientError, BotoCoreError) as error:
            if not isinstance(error, ClientError) or error.response["Error"]["Code"] != "GoneException":
                logger.info("a connection was not closed", extra={"connection": connection_id}, exc_info=True)
