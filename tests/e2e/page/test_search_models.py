"""Queries, searches that go on by themselves, and earlier ones, without a page."""

from typing import Any

import pytest

from .conftest import Run


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("great day", ["great", "day"]),
        ('"great day" from:Ada now', ["great day", "now"]),
        ("from:ada", []),
    ],
)
def test_the_words_of_a_query_are_those_that_can_be_seen(run: Run, query: str, words: list[str]) -> None:
    assert run("models/found_words.js", "return found_words.soughtWords(argument)", query) == words


@pytest.mark.parametrize(
    ("text", "words", "parts"),
    [
        ("A Café, a cafe", ["cafe"], ["A ", "*Café", ", a ", "*cafe"]),
        ("aaa", ["aa"], ["*aa", "a"]),
        ("ﬁne 🎉 day", ["fin", "🎉"], ["*ﬁn", "e ", "*🎉", " day"]),
        ("nothing", ["x"], ["nothing"]),
    ],
)
def test_hits_are_marked_whatever_the_case_and_the_accents(
    run: Run, text: str, words: list[str], parts: list[str]
) -> None:
    body = (
        "return found_words.highlighted(argument.text, argument.words)"
        ".map(({ text, hit }) => (hit ? '*' : '') + text)"
    )
    assert run("models/found_words.js", body, {"text": text, "words": words}) == parts


def test_a_long_text_is_shown_around_its_first_hit(run: Run) -> None:
    body = (
        "const parts = found_words.highlighted('x'.repeat(300) + ' needle', ['needle']); "
        "return found_words.around(parts, 30).map(({ text }) => text)"
    )
    assert run("models/found_words.js", body) == ["…xxxxxxxxx ", "needle"]


SEARCH = """
  const asked = [];
  const pauses = [];
  const answers = argument.map((answer) => async () => {
    if (answer.wait) await new Promise((resolve) => setTimeout(resolve, answer.wait));
    if (answer.fail) throw Object.assign(new Error(answer.fail), answer);
    return answer;
  });
  const search = new room_search.RoomSearch(
    (room, query, before) => {
      asked.push([room, query, before]);
      return answers[asked.length - 1]();
    },
    async (milliseconds) => pauses.push(milliseconds),
  );
  const seen = () => [search.found.map(({ seq }) => seq), search.state, search.more, search.problem];
"""


def page(*seqs: int, first: int, more: bool, to: int = 10, **fields: Any) -> dict[str, Any]:
    messages = [{"seq": n, "sentAt": f"2026-11-29T10:{n // 60:02d}:{n % 60:02d}.000Z"} for n in seqs]
    return {"messages": messages, "more": more, "searched": {"from": first, "to": to}} | fields


def test_a_search_goes_to_the_beginning_and_after_a_failure_on_where_it_ended(run: Run) -> None:
    body = f"""{SEARCH}
      const shares = [];
      search.on("change", () => shares.push(search.share));
      await search.begin(["general"], " great ");
      const failed = seen();
      await search.further();
      return {{ failed, last: seen(), asked, shares }};
    """
    answers = [
        page(9, first=6, more=True),
        {"fail": "not now"},
        page(5, first=3, more=True, to=5),
        page(2, first=1, more=False, to=2),
    ]
    assert run("models/room_search.js", body, answers) == {
        "failed": [[9], "failed", True, "not now"],
        "last": [[9, 5, 2], "done", False, ""],
        "asked": [["general", "great", before] for before in (None, 6, 6, 3)],
        "shares": [0, 0.5, 0.5, 0.5, 0.8, 1, 1],
    }


def test_several_rooms_are_searched_in_turns_and_one_that_is_closed_meanwhile_is_left_out(run: Run) -> None:
    body = f"""{SEARCH}
      await search.begin(["tea", "plans", "gone"], "great");
      return {{ last: seen(), asked: asked.map(([room, , before]) => [room, before]) }};
    """
    answers = [
        page(9, 3, first=2, more=True),
        page(12, 5, first=4, more=True),
        {"fail": "no such room", "code": "not_found"},
        page(1, first=1, more=False),
        page(2, first=1, more=False),
    ]
    assert run("models/room_search.js", body, answers) == {
        "last": [[12, 9, 5, 3, 2, 1], "done", False, ""],
        "asked": [["tea", None], ["plans", None], ["gone", None], ["tea", 2], ["plans", 4]],
    }


def test_a_search_waits_as_long_as_the_service_asks_and_gives_up_after_some_refusals(run: Run) -> None:
    body = f"""{SEARCH}
      const states = [];
      search.on("change", () => states.push(search.state));
      await search.begin(["general"], "great");
      const first = [...states];
      await search.begin(["general"], "great");
      return {{ first, pauses: pauses.map((one) => one >= 30_000), last: seen(), asked: asked.length }};
    """
    limited = {"fail": "too many", "code": "rate_limited", "retryAfter": 30}
    answers = [limited, page(9, first=1, more=False), *[limited] * 7]
    assert run("models/room_search.js", body, answers) == {
        "first": ["searching", "waiting", "searching", "searching", "done"],
        "pauses": [True] * 7,
        "last": [[], "failed", True, "too many"],
        "asked": 9,
    }


def test_a_search_that_is_stopped_asks_for_nothing_more_until_it_goes_on(run: Run) -> None:
    body = f"""{SEARCH}
      const going = search.begin(["general"], "great");
      search.stop();
      await going;
      const stopped = [seen(), asked.length];
      await search.further();
      return {{ stopped, last: seen(), asked: asked.length }};
    """
    answers = [page(9, first=5, more=True), page(9, first=5, more=True), page(2, first=1, more=False)]
    assert run("models/room_search.js", body, answers) == {
        "stopped": [[[], "resting", True, ""], 1],
        "last": [[9, 2], "done", False, ""],
        "asked": 3,
    }


def test_a_search_that_finds_much_rests_and_keeps_no_more_than_can_be_looked_at(run: Run) -> None:
    body = f"""{SEARCH}
      const steps = [];
      await search.begin(["general"], "e");
      while (!search.isFull) {{
        steps.push([search.found.length, search.state, asked.length]);
        await search.further();
      }}
      const asks = asked.length;
      await search.further();
      return {{ steps, kept: search.found.length, state: search.state, again: asked.length - asks }};
    """
    answers = [page(*range(top, top - 150, -1), first=top - 149, more=True) for top in range(3000, 0, -150)]
    assert run("models/room_search.js", body, answers) == {
        "steps": [[300, "resting", 2], [600, "resting", 4], [900, "resting", 6]],
        "kept": 1000,
        "state": "resting",
        "again": 0,
    }


def test_the_last_ten_searches_of_an_account_are_kept_and_all_are_forgotten_together(run: Run) -> None:
    body = """
      const { Store } = await import("/scripts/lib/store.js");
      const store = new Store(null);
      let who = "u1";
      const earlier = new earlier_searches.EarlierSearches(store, () => who);
      for (let number = 1; number <= 11; number += 1) earlier.add(` word ${number} `);
      earlier.add("WORD 5");
      earlier.add("  ");
      const all = earlier.all;
      earlier.remove("word 11");
      const fewer = earlier.all.length;
      who = "u2";
      const others = earlier.all;
      earlier.forget();
      who = "u1";
      return { all, fewer, others, left: earlier.all };
    """
    assert run("models/earlier_searches.js", body) == {
        "all": ["WORD 5", *(f"word {n}" for n in (11, 10, 9, 8, 7, 6, 4, 3, 2))],
        "fewer": 9,
        "others": [],
        "left": [],
    }


def test_an_answer_to_an_earlier_query_is_not_shown(run: Run) -> None:
    body = f"""{SEARCH}
      const slow = search.begin(["general"], "one");
      await search.begin(["general"], "two");
      await slow;
      return seen()[0];
    """
    answers = [page(1, first=1, more=False, wait=30), page(2, first=1, more=False)]
    assert run("models/room_search.js", body, answers) == [2]
