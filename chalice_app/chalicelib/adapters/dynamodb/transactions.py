"""Several writes at once, tried again while another transaction holds one of the items."""

import logging

from botocore.exceptions import ClientError

from chalicelib.adapters.dynamodb.table import Table
from chalicelib.adapters.dynamodb.values import Item
from chalicelib.errors import Unavailable
from chalicelib.service.ports import Clock

logger = logging.getLogger(__name__)

CONFLICT_TRIES = 8
_CONFLICT_PAUSE = 0.01  # seconds, growing with each try


def transact(table: Table, clock: Clock, writes: list[Item]) -> list[Item]:
    """Return the reasons why the transaction was cancelled, one for each write; none where it was done.

    Conflicts with another transaction on the same items pass, so they are tried again.
    """
    for attempt in range(CONFLICT_TRIES):
        try:
            table.transact(writes)
        except ClientError as error:
            reasons: list[Item] = error.response.get("CancellationReasons", [])
            if any(map(is_false, reasons)):
                return reasons
            logger.info("transaction cancelled", extra={"reasons": [r.get("Code") for r in reasons]})
            clock.sleep(_CONFLICT_PAUSE * (attempt + 1))
        else:
            return []
    raise Unavailable("The chat's storage is busy. Nothing was stored; try again.", retry_after=1)


def is_false(reason: Item) -> bool:
    """Return whether the condition of this write was false."""
    return bool(reason.get("Code") == "ConditionalCheckFailed")
