"""A new key that signs tokens, or pushes: from time to time, or because somebody may know the present one."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from chalicelib.adapters.clock import SystemClock
from chalicelib.adapters.dynamodb.pushes import DynamoPushKeys
from chalicelib.adapters.dynamodb.table import ConditionFailed
from chalicelib.adapters.dynamodb.token_keys import DynamoSecrets
from chalicelib.domain.pushing import KEPT_SECONDS
from chalicelib.domain.token_keys import KEY_REST_SECONDS, KEYS_KNOWN_SECONDS
from chalicelib.errors import Unavailable
from deploy_extras import home
from deploy_extras.cloud import Cloud
from deploy_extras.confirm import Confirmation
from deploy_extras.console import say
from deploy_extras.errors import DeployError
from deploy_extras.tables import messages_table

TOKEN_SECONDS = 7 * 24 * 3600
"""How long a token is valid, unless TOKEN_HOURS says otherwise."""


class AwsClock(SystemClock):
    """The time of AWS, by which the functions go; this machine's may be minutes off."""

    def __init__(self, cloud: Cloud) -> None:
        headers = cloud.client("sts").get_caller_identity()["ResponseMetadata"]["HTTPHeaders"]
        answered = parsedate_to_datetime(headers["date"]) if "date" in headers else datetime.now(UTC)
        self._ahead = round(answered.timestamp() * 1000) - super().now()

    def now(self) -> int:
        return super().now() + self._ahead


def rotate_pushes(cloud: Cloud, stage: str, confirmation: Confirmation) -> None:
    """Rotate the key by which push services know a stage; ask first if that silences browsers.

    Raises
    ------
    DeployError
        As `rotate`.
    """
    home.require(cloud, stage)
    clock = AwsClock(cloud)
    keys = DynamoPushKeys(messages_table(cloud, stage), clock)
    try:
        before = keys.keys()
        if before.before and clock.now() // 1000 < before.rotated + KEPT_SECONDS:
            since = datetime.fromtimestamp(before.rotated, UTC).isoformat(timespec="minutes")
            say(f"The last rotation was at {since}, and some browsers may have subscribed before it.")
            confirmation.require("push to none of these until its page is opened")
        keys.rotate()
    except (ConditionFailed, Unavailable) as error:
        raise DeployError(f"The key was not rotated: {error}. Run the command again.") from error
    say(
        "A new key for pushes is stored. Each page renews its subscription when it is opened next; until then"
    )
    say("its browser is pushed to with the key before, which stays valid until the next rotation.")


def rotate(cloud: Cloud, stage: str, confirmation: Confirmation) -> None:
    """Rotate the keys of a stage; ask first if that signs people out.

    Raises
    ------
    DeployError
        The stage is not here, it was not confirmed, or somebody else rotated at the same time.
    """
    home.require(cloud, stage)
    clock = AwsClock(cloud)
    secrets = DynamoSecrets(messages_table(cloud, stage), clock)
    try:
        before = secrets.token_keys()
        if before.before and clock.now() // 1000 < before.rotated + KEY_REST_SECONDS + TOKEN_SECONDS:
            since = datetime.fromtimestamp(before.rotated, UTC).isoformat(timespec="minutes")
            say(f"The last rotation was at {since}, and some tokens of the key before it have not expired.")
            confirmation.require("sign out everybody who has one of them")
        secrets.rotate()
    except (ConditionFailed, Unavailable) as error:
        raise DeployError(f"The key was not rotated: {error}. Run the command again.") from error
    say(f"A new key is stored. Every function knows it within {KEYS_KNOWN_SECONDS // 60} minutes, and it")
    say(f"signs tokens from {KEY_REST_SECONDS // 60} minutes on. Tokens of the key before stay valid until")
    say("the next rotation.")
