"""Where bots are called, on the fake and on both emulators."""

from chalicelib.adapters.dynamodb.table import Table
from chalicelib.adapters.dynamodb.webhooks import DynamoWebhooks
from chalicelib.domain.webhooks import Webhook
from chalicelib.service.webhook_ports import Webhooks
from testkit.fakes import CountedMetrics
from testkit.memory.webhooks import MemoryWebhooks
from tests.integration.storage.conftest import Store

URL = "https://bot.example.org/"
KEPT = Webhook(URL, "whsec_c2VjcmV0")


def webhooks(store: Store) -> Webhooks:
    if store.client is None:
        return MemoryWebhooks()
    return DynamoWebhooks(Table(store.client, store.messages_table, CountedMetrics()))


def test_an_address_is_kept_replaced_and_forgotten(store: Store) -> None:
    kept = webhooks(store)
    assert (kept.of("hal"), kept.drop("hal"), kept.of_each(["hal"])) == (None, False, {})
    kept.keep("hal", KEPT)
    other = Webhook("https://other.example.org/", "whsec_b3RoZXI=")
    kept.keep("eve", KEPT)
    kept.keep("eve", other)
    assert kept.of("hal") == KEPT
    assert kept.of_each(["hal", "eve", "nobody"]) == {"hal": KEPT, "eve": other}
    assert kept.drop("hal")
    assert (kept.of("hal"), kept.of_each(["hal"]), kept.drop("hal")) == (None, {}, False)


def test_failures_are_counted_for_the_address_that_failed(store: Store) -> None:
    kept = webhooks(store)
    kept.failed("hal", URL, 1, "nobody is there")
    assert kept.of("hal") is None
    kept.keep("hal", KEPT)
    kept.failed("hal", URL, 1, "down")
    kept.failed("hal", URL, 2, "down again")
    kept.failed("hal", "https://before.example.org/", 3, "of the address before")
    assert kept.of("hal") == KEPT._replace(failures=2, failed=2, problem="down again")
    kept.answered("hal", "https://before.example.org/")
    kept.answered("hal", URL)
    assert kept.of("hal") == KEPT._replace(failures=0, failed=2, problem="down again")
