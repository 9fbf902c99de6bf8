"""What is kept of a log for searches, on the fake and on both emulators."""

import random
from dataclasses import replace

from chalicelib.adapters.dynamodb.log import BLOCK_SECONDS, MOST_BLOCK_BYTES, DynamoLog
from chalicelib.adapters.dynamodb.table import Table
from chalicelib.domain.messages import SearchBlock
from testkit.clock import FakeClock
from testkit.fakes import CountedMetrics
from tests.integration.storage.conftest import Store, on_dynamodb
from tests.integration.storage.test_log_contract import a_message

TEXTS = "1\tada\thello 👋\n2\tbob\tпривет"


def parts(store: Store, position: int) -> list[tuple[int, int]]:
    """Return the bounds of the parts before a position, the oldest first; each store has its own size."""
    return store.log.parts_before(position, position)[::-1]


def test_blocks_come_back_as_they_were_kept(store: Store) -> None:
    kept = [SearchBlock(first, folding="1", texts=f"{TEXTS} {first}") for first, _ in parts(store, 600)[:3]]
    for block in kept:
        store.log.keep_search_block("general", block)
        store.log.keep_search_block("other", block._replace(texts=""))
    assert store.log.search_blocks("general", 1, 600) == kept
    assert store.log.search_blocks("general", kept[1].first, kept[2].first) == kept[1:2]
    assert store.log.search_blocks("other", 1, 2) == [SearchBlock(1, folding="1")]
    assert store.log.search_blocks("elsewhere", 1, 600) == []


def test_a_change_of_a_text_takes_the_texts_and_only_who_knows_of_it_puts_others(store: Store) -> None:
    end = parts(store, 600)[0][1]
    store.log.append(a_message(1))
    block = SearchBlock(1, folding="1", texts=TEXTS)

    def kept() -> list[SearchBlock]:
        return store.log.search_blocks("general", 1, 2)

    # In its own part: nobody can have a block of a part that is not whole.
    store.log.change(replace(a_message(1), at=2, text="two"), was_at=1)
    assert kept() == []
    store.log.keep_search_block("general", block)
    store.log.change(replace(a_message(1), at=end, text="two"), was_at=2, rewords=False)
    assert kept() == [block]
    store.log.change(replace(a_message(1), at=end + 1, text="three"), was_at=end)
    assert kept() == [SearchBlock(1, changed=end + 1)]
    store.log.keep_search_block("general", block)
    store.log.keep_search_block("general", block._replace(changed=end))
    assert kept() == [SearchBlock(1, changed=end + 1)]
    known = block._replace(changed=end + 1, texts="1\tada\tthree")
    store.log.keep_search_block("general", known)
    assert kept() == [known]
    # The mark is there also where no block was.
    store.log.append(a_message(end + 2))
    after = store.log.parts_before(end + 3, 1)[0][0]
    other = 10_000
    store.log.change(replace(a_message(end + 2), at=other, deleted=True, text=""), was_at=end + 2)
    assert store.log.search_blocks("general", after, after + 1) == [SearchBlock(after, changed=other)]


def test_a_block_expires_and_one_that_is_too_large_is_not_kept(moto_url: str) -> None:
    store, clock = on_dynamodb(moto_url), FakeClock()
    log = DynamoLog(Table(store.client, store.messages_table, CountedMetrics()), clock)
    log.keep_search_block("general", SearchBlock(1, folding="1", texts=TEXTS))
    log.keep_search_block(
        "general", SearchBlock(256, folding="1", texts=random.Random(1).randbytes(MOST_BLOCK_BYTES).hex())
    )
    assert [block.texts for block in log.search_blocks("general", 1, 600)] == [TEXTS]
    clock.sleep(BLOCK_SECONDS + 1)
    assert log.search_blocks("general", 1, 600) == [SearchBlock(1)]
    log.keep_search_block("general", SearchBlock(1, folding="1", texts="anew"))
    assert [block.texts for block in log.search_blocks("general", 1, 600)] == ["anew"]
