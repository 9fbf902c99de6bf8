"""Several writes at once, retried while another transaction holds one of the items."""

import logging

from botocore.exceptions import ClientError

from chalicelib.adapters.dynamodb.table import Table
from chalicelib.adapters.dynamodb.values import Item
from chalicelib.errors import Unavailable
from chalicelib.service.ports import Clock

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 8
_PAUSE_SECONDS = 0.01  # growing with each attempt


def transact(table: Table, clock: Clock, writes: list[Item]) -> list[Item]:
    """Do all the writes or none.

    Conflicts with another transaction on the same items pass quickly, so they are retried.

    Returns
    -------
    list of dict
        The reasons why the transaction was cancelled, one for each write; empty if it was done.

    Raises
    ------
    Unavailable
        The items are busy, or the storage did not answer.
    """
    for attempt in range(MAX_ATTEMPTS):
        try:
            table.transact(writes)
        except ClientError as error:
            reasons: list[Item] = error.response.get("CancellationReasons", [])
            if any(map(is_false, reasons)):
                return reasons
            if not reasons or any(reason.get("Code") == "ValidationError" for reason in reasons):
                raise  # a fault of ours, which no attempt mends
            logger.info("transaction cancelled", extra={"reasons": [r.get("Code") for r in reasons]})
            clock.sleep(_PAUSE_SECONDS * (attempt + 1))
        else:
            return []
    raise Unavailable("The chat's storage is busy. Nothing was stored; try again.", retry_after=1)


def is_false(reason: Item) -> bool:
    """Return whether the condition of this write was false."""
    return bool(reason.get("Code") == "ConditionalCheckFailed")
