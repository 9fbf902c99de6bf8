"""The key by which push services know a stage (VAPID), made when it is deployed for the first time."""

from chalicelib.adapters.clock import SystemClock
from chalicelib.adapters.dynamodb.pushes import DynamoPushKeys
from chalicelib.adapters.dynamodb.table import Table
from chalicelib.errors import Unavailable
from chalicelib.metrics import NoMetrics
from deploy_extras.cloud import Cloud
from deploy_extras.errors import DeployError


def make_first(cloud: Cloud, messages_table: str) -> None:
    """Make the key of a stage unless it has one: with another key, no browser could be pushed to any more.

    Raises
    ------
    DeployError
        The table does not answer.
    """
    try:
        DynamoPushKeys(Table(cloud.client("dynamodb"), messages_table, NoMetrics()), SystemClock()).keys()
    except Unavailable as error:
        raise DeployError(f"The key for pushes was not made: {error}. Run the command again.") from error
