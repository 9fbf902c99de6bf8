"""Writes that were not answered: either they are known to be done, or they can never be done any more."""

from dataclasses import replace
from typing import Any

import pytest
from botocore.exceptions import ReadTimeoutError

from chalicelib.adapters.clock import SystemClock
from chalicelib.adapters.dynamodb.log import DynamoLog
from chalicelib.adapters.dynamodb.table import Table
from chalicelib.domain.messages import Void
from chalicelib.errors import Unavailable
from chalicelib.metrics import NoMetrics
from chalicelib.service.outcomes import PositionTaken
from tests.integration.storage.conftest import Store
from tests.integration.storage.test_log_contract import a_message


class Unanswered:
    """A client whose transactions are not answered: `done` says whether they are carried out."""

    def __init__(self, client: Any, *, done: bool) -> None:
        self._client = client
        self._done = done

    def transact_write_items(self, **arguments: Any) -> None:
        if self._done:
            self._client.transact_write_items(**arguments)
        raise ReadTimeoutError(endpoint_url="http://storage")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)


def log(store: Store, *, done: bool) -> DynamoLog:
    return DynamoLog(
        Table(Unanswered(store.client, done=done), store.messages_table, NoMetrics()), SystemClock()
    )


def test_a_message_that_was_stored_without_an_answer_counts_as_stored(dynamodb_store: Store) -> None:
    assert log(dynamodb_store, done=True).append(a_message(1)) is None
    assert dynamodb_store.log.entries("general", 0, 10) == [a_message(1)]


def test_a_message_that_was_not_stored_never_will_be_at_that_position(dynamodb_store: Store) -> None:
    with pytest.raises(Unavailable, match="Nothing was stored"):
        log(dynamodb_store, done=False).append(a_message(1))
    assert dynamodb_store.log.entries("general", 0, 10) == [Void("general", 1)]
    with pytest.raises(PositionTaken):
        dynamodb_store.log.append(a_message(1))
    assert dynamodb_store.log.append(replace(a_message(1), seq=2, at=2)) is None, "no claim is left of it"


def test_a_place_that_a_reader_voided_meanwhile_is_taken(dynamodb_store: Store) -> None:
    dynamodb_store.log.void("general", 1)
    with pytest.raises(PositionTaken):
        log(dynamodb_store, done=False).append(a_message(1))


def test_a_change_that_was_done_without_an_answer_counts_as_done(dynamodb_store: Store) -> None:
    dynamodb_store.log.append(a_message(1))
    log(dynamodb_store, done=True).change(replace(a_message(1), at=2, text="edited"), was_at=1)
    stored = dynamodb_store.log.message("general", 1)
    assert stored is not None
    assert (stored.at, stored.text) == (2, "edited")


def test_a_change_that_was_not_done_leaves_the_message_and_a_void(dynamodb_store: Store) -> None:
    dynamodb_store.log.append(a_message(1))
    with pytest.raises(Unavailable):
        log(dynamodb_store, done=False).change(replace(a_message(1), at=2, text="edited"), was_at=1)
    assert dynamodb_store.log.entries("general", 0, 10) == [a_message(1), Void("general", 2)]
