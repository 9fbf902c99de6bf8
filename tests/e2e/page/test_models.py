"""The classes that decide, each by itself: loaded as modules into an empty page."""

from typing import Any

import pytest

from .conftest import Run

ENTRY = (
    "const entry = (seq, at = seq, text = `${seq}.${at}`) => "
    "({ seq, at, id: `i${seq}`, text, user: { id: 'u' }, sentAt: '2026-01-05T10:00:00Z' }); "
    "const hole = (at) => ({ seq: at, at, void: true }); "
    "const log = new room_log.RoomLog(); "
    "const shown = () => log.messages.map(({ text }) => text); "
)


@pytest.mark.parametrize(
    ("entries", "shown", "cursor", "gap"),
    [
        ("[entry(4)]", ["2.2", "3.3", "4.4"], 4, False),
        ("[entry(5)]", ["2.2", "3.3", "5.5"], 3, True),
        ("[entry(5), entry(4)]", ["2.2", "3.3", "4.4", "5.5"], 5, False),
        ("[hole(4), entry(5)]", ["2.2", "3.3", "5.5"], 5, False),
        ("[entry(2, 4)]", ["2.4", "3.3"], 4, False),
        ("[entry(2, 4), entry(2)]", ["2.4", "3.3"], 4, False),
        ("[entry(3), entry(2)]", ["2.2", "3.3"], 3, False),
        ("[entry(1, 4)]", ["2.2", "3.3"], 4, False),
    ],
)
def test_the_log_keeps_the_newest_states_in_order_and_knows_its_gaps(
    run: Run, entries: str, shown: list[str], cursor: int, gap: bool
) -> None:
    body = (
        f"{ENTRY} log.open({{ messages: [entry(2), entry(3)], lastSeq: 3, more: true }}); "
        f"log.receive({entries}); return [shown(), log.cursor, log.hasGap];"
    )
    assert run("models/room_log.js", body) == [shown, cursor, gap]


def test_a_recovered_page_closes_the_gap_although_replaced_places_are_missing_in_it(run: Run) -> None:
    body = (
        f"{ENTRY} log.open({{ messages: [entry(1)], lastSeq: 1, more: false }}); log.receive([entry(6)]); "
        "log.recover({ messages: [entry(3), entry(2, 5), entry(6)], more: false }); "
        "return [shown(), log.cursor, log.hasGap];"
    )
    assert run("models/room_log.js", body) == [["1.1", "2.5", "3.3", "6.6"], 6, False]


def test_the_log_pages_back_to_the_beginning_and_can_be_trimmed_again(run: Run) -> None:
    body = (
        f"{ENTRY} log.open({{ messages: [entry(5), entry(6)], lastSeq: 6, more: true }}); "
        "const first = log.oldest; log.prepend({ messages: [entry(1), entry(3, 4)], more: false }); "
        "const all = shown(); const end = log.hasOlder; log.trim(2, 1); "
        "return [first, all, end, shown(), log.hasOlder, log.oldest];"
    )
    expected = [5, ["1.1", "3.4", "5.5", "6.6"], False, ["5.5", "6.6"], True, 5]
    assert run("models/room_log.js", body) == expected


def test_what_pages_say_of_one_s_own_reactions_outlives_live_changes(run: Run) -> None:
    body = (
        f"{ENTRY} log.open({{ messages: [{{ ...entry(1), mine: 'pressed' }}], lastSeq: 1, more: false }}); "
        "log.receive([entry(1, 2)]); const live = log.get(1).mine; log.remember(1, 'released'); "
        "const noted = log.messages[0].mine; log.recover({ messages: [entry(1, 3)], more: false }); "
        "return [live, noted, log.get(1).mine ?? null];"
    )
    assert run("models/room_log.js", body) == ["pressed", "released", None]


def test_an_edit_takes_one_s_own_label_away_and_leaves_the_reactions(run: Run) -> None:
    body = (
        f"{ENTRY} const mine = {{ reactions: ['x'], label: 'positive' }}; "
        "log.open({ messages: [{ ...entry(1), editedAt: null, mine }], lastSeq: 1, more: false }); "
        "log.receive([{ ...entry(1, 2), editedAt: null }]); const before = log.get(1).mine; "
        "log.receive([{ ...entry(1, 3), editedAt: 'now' }]); return [before, log.get(1).mine];"
    )
    before, after = run("models/room_log.js", body)
    assert before == {"reactions": ["x"], "label": "positive"}
    assert after == {"reactions": ["x"], "label": None}


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("see https://example.org.", ["https://example.org"]),
        ("(https://example.org/a)", ["https://example.org/a"]),
        ("https://en.example.org/wiki/Tone_(music)", ["https://en.example.org/wiki/Tone_(music)"]),
        ("http://a.example and https://b.example!", ["http://a.example", "https://b.example"]),
        ("javascript:alert(1) data:text/html,x ftp://a.example", []),
        ("https:// and https://[broken", []),
        ("\u202ehttps://example.org", ["https://example.org"]),
        ("见 https://example.com/a，谢谢", ["https://example.com/a"]),
        ("https://example.com、続き", ["https://example.com"]),
        ("https://example.comの続き", ["https://example.com"]),
        (
            "「https://example.com/a」と（https://example.com/b）",
            ["https://example.com/a", "https://example.com/b"],
        ),
        (
            "https://example.com—see “https://example.com/a”…",
            ["https://example.com", "https://example.com/a"],
        ),
        ("https://example.com/a\u202egnp.exe", ["https://example.com/a"]),
        ("https://en.wikipedia.org/wiki/Rubik's_Cube", ["https://en.wikipedia.org/wiki/Rubik's_Cube"]),
        ("'https://example.com/Rubik's_Cube'", ["https://example.com/Rubik's_Cube"]),
        (
            "*https://example.com/a*, [https://example.com/b]!",
            ["https://example.com/a", "https://example.com/b"],
        ),
    ],
)
def test_only_web_addresses_become_links_and_no_character_is_lost(
    run: Run, text: str, links: list[str]
) -> None:
    parts = run("models/links.js", "return links.splitLinks(argument);", text)
    assert [part["text"] for part in parts if "href" in part] == links
    assert "".join(part["text"] for part in parts) == text


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("https://EXAMPLE.com./a", "example.com"),
        ("https://müller.de/x", "xn--mller-kva.de"),
        ("https://[::1]:8080/a", "[::1]"),
        ("https://example.com@evil.example/", None),
        ("https://аpple.com/ with a Cyrillic а", None),
        ("https://exam\u00adple.com/", None),
        ("http://2130706433/ and http://127.1/", None),
        ("https://ｅｘａｍｐｌｅ.com/", None),
        ("https:///evil.example", None),
    ],
)
def test_a_link_leads_to_the_host_that_it_shows_or_is_none(run: Run, text: str, host: str | None) -> None:
    body = (
        "const link = links.splitLinks(argument).find(({ href }) => href); "
        "return link ? new URL(link.href).hostname : null;"
    )
    assert run("models/links.js", body, text) == host


@pytest.mark.parametrize(
    ("text", "clean", "count"),
    [
        ("  a\r\nb  ", "  a\nb", 5),
        ("\n \n    def f():\n        pass\n\n", "    def f():\n        pass", 25),
        ("\n  a  \n", "a", 1),
        ("e\u0301", "\u00e9", 1),
        ("\u0000x\u0007", "x", 1),
        ("👩‍👩‍👧", "👩‍👩‍👧", 5),
        ("tab\tstays", "tab\tstays", 9),
        ("\u2800 \u3164\ufffc", "", 0),
        ("\U0001fae9", "\U0001fae9", 1),
    ],
)
def test_text_is_cleaned_and_counted_as_the_protocol_does(
    run: Run, text: str, clean: str, count: int
) -> None:
    body = "const clean = text.cleanText(argument); return [clean, text.countCodePoints(clean)];"
    assert run("models/text.js", body, text) == [clean, count]


@pytest.mark.parametrize(
    ("typed", "name"),
    [("Café at Noon!", "cafe-at-noon"), ("--Book__Club--", "book-club"), ("日本", ""), ("a" * 80, "a" * 64)],
)
def test_room_names_are_helped_into_shape(run: Run, typed: str, name: str) -> None:
    assert run("models/text.js", "return text.toRoomName(argument);", typed) == name


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("Zoë Ångström", True),
        ("👩\u200d👧 ❤\ufe0f 1\ufe0f\u20e3", True),
        ("می\u200cخواهم", True),
        ("Mar\ufffcina", False),
        ("\u2800\u2800", False),
        ("Ada\U000e0067", False),
        ("a" + "\u0301" * 8, False),
    ],
)
def test_a_name_that_hides_something_is_told_before_it_is_sent(run: Run, name: str, fits: bool) -> None:
    assert (run("models/text.js", "return text.nameProblem(argument);", name) is None) == fits


@pytest.mark.parametrize(
    ("fragment", "room"),
    [
        ("#/r/Team", "team"),
        ("#/r/x/", "x"),
        ("#/r/a--B-", "a--b-"),
        ("#/R/caf%C3%A9?from=mail", "cafe"),
        ("#/r//book club", "book-club"),
        ("#/r/日本", None),
        ("#/r/a/b", None),
        ("#/r/" + "a" * 65, None),
        ("#/r/%", None),
    ],
)
def test_an_address_names_a_room_in_its_one_spelling_or_says_what_is_wrong(
    run: Run, fragment: str, room: str | None
) -> None:
    found = run("models/router.js", "return router.readAddress(argument);", fragment)
    assert found.get("room") == room
    assert ("problem" in found) == (room is None)


def test_waiting_times_double_up_to_half_a_minute_with_jitter(run: Run) -> None:
    body = (
        "const times = (random) => { const one = new backoff.Backoff(() => random); "
        "return Array.from({ length: 8 }, () => one.next()); }; return [times(0), times(1)];"
    )
    low, high = run("models/backoff.js", body)
    assert high == [600, 1200, 2400, 4800, 9600, 19200, 30000, 30000]
    assert low == [time / 2 for time in high]


def said(count: int, label: str, score: float, confidence: float) -> list[dict[str, Any]]:
    mood = {"label": label, "score": score, "confidence": confidence}
    return [{"user": {"id": f"u-{number % 3}"}, "sentiment": mood} for number in range(count)]


@pytest.mark.parametrize(
    ("messages", "word"),
    [
        ([], None),
        (said(3, "positive", 0.9, 0.92), "bright"),
        (said(3, "negative", -0.8, 0.85), "heavy"),
        (said(2, "negative", -0.8, 0.85), None),
        (said(3, "positive", 0.5, 0.6), "even"),
        (said(40, "neutral", 0.15, 0.7), "even"),
        (said(40, "neutral", 0.38, 0.5), "even"),
        (said(20, "neutral", -0.2, 0.6) + said(2, "negative", -0.9, 0.93), "even"),
        (said(20, "neutral", 0.1, 0.8) + said(12, "positive", 0.7, 0.75), "warm"),
        (said(16, "positive", 0.9, 0.92) + said(16, "negative", -0.9, 0.92), "even"),
        (said(12, "neutral", 0.0, 0.8) + said(20, "negative", -0.5, 0.6), "uneasy"),
    ],
)
def test_a_room_has_a_mood_only_if_the_mean_of_its_messages_is_beyond_its_error(
    run: Run, messages: list[dict[str, Any]], word: str | None
) -> None:
    unscored = [{"sentiment": None}, {"sentiment": None, "deleted": True}]
    assert run("models/mood.js", "return mood.moodOf(argument).word;", messages + unscored) == word


@pytest.mark.parametrize(
    ("confidence", "label"), [(0.9, "positive"), (0.5, "positive"), (0.49, "neutral"), (0.35, "neutral")]
)
def test_a_feeling_of_which_the_model_is_not_sure_is_not_shown(
    run: Run, confidence: float, label: str
) -> None:
    sentiment = {"label": "positive", "score": 0.3, "confidence": confidence}
    assert run("models/mood.js", "return mood.heard(argument);", sentiment) == label


def test_the_stroke_of_a_neutral_message_lies_on_the_line(run: Run) -> None:
    messages = said(2, "neutral", 0.3, 0.5) + said(1, "positive", 0.8, 0.85)
    assert run("models/mood.js", "return mood.moodOf(argument).scores;", messages) == [0, 0, 0.8]


def test_a_line_marks_where_new_messages_by_others_begin(run: Run) -> None:
    body = (
        "const sentAt = '2026-01-05T10:00:00Z'; const me = { id: 'me' }; "
        "const said = (seq, id) => ({ seq, at: seq, id: `i${seq}`, user: { id }, sentAt }); "
        "const messages = [said(1, 'x'), said(2, 'me'), said(3, 'x'), said(4, 'x')]; "
        "const rows = timeline.timeline({ messages, outbox: [], me, readMark: 1 }); "
        "return rows.map(({ kind, seq }) => seq ?? kind);"
    )
    assert run("models/timeline.js", body) == ["day", 1, 2, "unread", 3, 4]


def test_storage_that_the_browser_refuses_is_replaced_by_memory(run: Run) -> None:
    body = (
        "const refuse = () => { throw new DOMException('no', 'SecurityError'); }; "
        "const area = { getItem: refuse, setItem: refuse, removeItem: refuse, key: refuse, length: 0 }; "
        "const one = new store.Store(area); "
        "one.set('a', [1]); const kept = one.get('a'); one.remove('a'); return [kept, one.keys('')];"
    )
    assert run("lib/store.js", body) == [[1], []]
