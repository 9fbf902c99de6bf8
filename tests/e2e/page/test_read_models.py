"""The classes that decide what is unread and what the service is told of it, each by itself."""

from typing import Any

import pytest

from .conftest import Run

# Marks on a store of their own, for the log of one room; `said` puts messages by Grace into it.
MARKS = (
    "const { Store } = await import('/scripts/lib/store.js'); "
    "const { RoomLog } = await import('/scripts/models/room_log.js'); "
    "const grace = { id: 'grace' }; const said = (seq, fields) => "
    "({ seq, at: seq, id: `i${seq}`, user: grace, ...fields }); "
    "const span = (from, to) => Array.from({ length: to - from + 1 }, (_, n) => said(from + n)); "
    "const log = new RoomLog(); const told = []; const stale = []; "
    "const marks = new read_marks.ReadMarks({ store: new Store(null), logOf: (room) => room === 'tea' "
    "? log : undefined, report: (room, at) => told.push([room, at]) }); "
    "marks.belongTo({ id: 'ada' }); marks.on('stale', () => stale.push('stale')); "
    "const tea = (fields) => ({ room: 'tea', access: 'open', lastSeq: 100, readAt: 0, unread: 0, "
    "mentions: 0, ...fields }); "
)
Json = dict[str, Any]


def counted(run: Run, body: str) -> Any:
    return run("models/read_marks.js", MARKS + body)


def test_what_the_service_says_is_unread_grows_by_what_comes(run: Run) -> None:
    body = (
        "log.open({ messages: span(91, 100), lastSeq: 100, more: true }); "
        "marks.take([tea({ readAt: 20, unread: 77, mentions: 2 })]); const first = marks.counts('tea'); "
        "log.receive([said(101, { mentions: [{ id: 'ada' }] }), said(102, { user: { id: 'ada' } }), "
        "said(103, { deleted: true }), said(104)]); return [first, marks.counts('tea')];"
    )
    first, then = counted(run, body)
    assert first == {"unread": 77, "mentions": 2}
    assert then == {"unread": 79, "mentions": 3}


def test_a_log_that_reaches_back_to_the_mark_counts_by_itself(run: Run) -> None:
    body = (
        "marks.take([tea({ readAt: 95, unread: 9 })]); "
        "log.open({ messages: [...span(91, 97), said(98, { user: { id: 'ada' } }), said(99)], "
        "lastSeq: 99, more: true }); return marks.counts('tea');"
    )
    assert counted(run, body) == {"unread": 3, "mentions": 0}


def test_a_log_that_forgot_its_beginning_does_not_lose_what_was_counted(run: Run) -> None:
    body = (
        "marks.take([tea({ readAt: 10 })]); log.open({ messages: span(1, 60), lastSeq: 60, more: false }); "
        "const before = marks.counts('tea').unread; log.trim(5); log.receive([said(61)]); "
        "return [before, marks.counts('tea').unread];"
    )
    assert counted(run, body) == [50, 51]


def test_reading_on_another_device_moves_the_mark_and_asks_the_service_where_only_it_can_count(
    run: Run,
) -> None:
    body = (
        "marks.take([tea({ room: 'far', readAt: 5, unread: 95 })]); "
        "marks.heard('far', 100); const all = marks.counts('far').unread; "
        "marks.take([tea({ room: 'far', readAt: 5, unread: 95 }), "
        "tea({ room: 'near', readAt: 5, unread: 95 })]); "
        "marks.heard('near', 50); return [all, stale, marks.mark('near'), told.length];"
    )
    assert counted(run, body) == [0, ["stale"], 50, 1]


def test_an_older_list_takes_back_nothing_that_was_read_since_and_what_was_not_told_is_told(run: Run) -> None:
    body = (
        "marks.take([tea({ readAt: 50, unread: 50 })]); marks.seen('tea', 100); "
        "marks.take([tea({ readAt: 50, unread: 50 })]); return [marks.counts('tea').unread, told];"
    )
    assert counted(run, body) == [0, [["tea", 100], ["tea", 100]]]


@pytest.mark.parametrize(
    ("entry", "mark"),
    [({}, 100), ({"access": "direct"}, 0), ({"readAt": 7}, 7), ({"access": "private"}, 100)],
)
def test_a_room_that_was_never_read_counts_from_its_end_but_a_direct_one_from_its_first_message(
    run: Run, entry: Json, mark: int
) -> None:
    body = "marks.joined('tea', 100); marks.take([tea(argument)]); return marks.mark('tea');"
    assert run("models/read_marks.js", MARKS + body, entry) == mark


def test_nothing_is_unread_in_an_open_room_where_one_never_was_except_that_one_is_mentioned(run: Run) -> None:
    body = "marks.take([tea({ room: 'x', unread: 500, mentions: 1 })]); return marks.counts('x');"
    assert counted(run, body) == {"unread": 0, "mentions": 1}


def test_what_is_marked_as_unread_stays_so_until_the_room_is_opened_again_and_read(run: Run) -> None:
    body = (
        "log.open({ messages: span(1, 20), lastSeq: 20, more: false }); marks.take([tea({ readAt: 20 })]); "
        "marks.markUnread('tea', 11); marks.seen('tea', 20); "
        "const found = [marks.counts('tea').unread, marks.line('tea'), marks.mark('tea')]; "
        "log.trim(3); found.push(marks.counts('tea').unread); "
        "marks.opened('tea'); marks.seen('tea', 18); found.push(marks.counts('tea').unread); "
        "marks.seen('tea', 20); return [...found, marks.counts('tea').unread, told];"
    )
    assert counted(run, body) == [10, 10, 20, 10, 2, 0, []]


def test_the_marks_of_the_person_before_are_forgotten(run: Run) -> None:
    body = "marks.seen('tea', 9); marks.belongTo({ id: 'bob' }); return marks.mark('tea');"
    assert counted(run, body) is None


REPORTS = (
    "const sent = []; let there = true; const reports = new read_reports.ReadReports({ "
    "send: (room, at) => there && sent.push([room, at]) }); "
)


def test_what_is_read_is_told_soon_and_then_not_for_a_while_unless_the_room_is_left(run: Run) -> None:
    body = (
        f"{REPORTS} reports.note('tea', 3, false); reports.note('tea', 5, true); "
        "reports.note('tea', 4, true); "
        "const early = sent.length; await new Promise((done) => setTimeout(done, 1500)); "
        "reports.note('tea', 6, true); await new Promise((done) => setTimeout(done, 1500)); "
        "const quiet = [...sent]; reports.leave('tea'); reports.leave('tea'); return [early, quiet, sent];"
    )
    assert run("models/read_reports.js", body) == [0, [["tea", 5]], [["tea", 5], ["tea", 6]]]


def test_a_report_that_could_not_be_sent_or_was_perhaps_lost_is_sent_again(run: Run) -> None:
    body = (
        f"{REPORTS} there = false; reports.note('tea', 3, true); reports.leaveAll(); there = true; "
        "reports.tell('tea'); reports.lost(); reports.tell('tea'); return sent;"
    )
    assert run("models/read_reports.js", body) == [["tea", 3], ["tea", 3]]


@pytest.mark.parametrize(("newest", "line"), [(2, 1), (1, None)], ids=["before", "meanwhile"])
def test_a_room_opens_at_what_came_before_it_was_opened(run: Run, newest: int, line: int | None) -> None:
    """The second message was there, or came while the service was asked what is unread."""
    body = """
      let list;
      const log = { cursor: argument, isShortOf: () => false };
      const marks = { isListed: false, on: (_, then) => ((list = then), () => {}) };
      Object.assign(marks, { line: () => 1, counts: () => ({ unread: log.cursor - 1 }) });
      const channel = { name: 'tea', state: 'live', log, on: () => () => {} };
      const opened = opening_line.openingLine(channel, marks);
      await Promise.resolve();
      log.cursor = 2;
      list();
      return opened;
    """
    assert run("models/opening_line.js", body, newest) == line
