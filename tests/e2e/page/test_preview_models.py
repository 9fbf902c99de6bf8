"""Which link of a message has a preview, and how seldom the service is asked for it; without a page."""

from typing import Any

import pytest

from .conftest import Run

PREVIEWS = """
  const asked = [];
  const waits = [];
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  const previews = new link_previews.LinkPreviews({
    ask: (...question) => new Promise((resolve, reject) => asked.push({ question, resolve, reject })),
    wait: async (ms) => waits.push(ms),
    random: () => 0.5,
  });
  const of = (url, more = {}) => previews.of({ room: "r", seq: 1, url, ...more });
  const page = { title: "A page", description: null };
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("no link", None),
        ("see https://example.org/a?b=c#d.", "https://example.org/a?b=c#d"),
        ("https://one.example and https://two.example", "https://one.example"),
        ("*https://example.org/a*", "https://example.org/a"),
        ("- first\n- **https://example.org/**", "https://example.org/"),
        ("[words](https://example.org/) https://two.example", "https://two.example"),
        ("[example.org](https://example.org/)", None),
        ("`https://example.org/`", None),
        ("```\nhttps://example.org/\n```", None),
        ("> https://example.org/\n\nyes", None),
        ("javascript://example.org/%0Aalert(1)", None),
        ("https://b\u00fccher.example/", "https://b\u00fccher.example/"),
    ],
)
def test_the_first_link_that_shows_its_address_has_a_preview(run: Run, text: str, found: str | None) -> None:
    body = "return first_link.firstLink({ text: argument })?.text ?? null"
    assert run("models/markup/first_link.js", body, text) == found


def asked(run: Run, body: str) -> Any:
    return run("models/link_previews.js", PREVIEWS + body)


def test_an_address_is_asked_for_once_and_its_answer_is_kept(run: Run) -> None:
    found = asked(
        run,
        """
        const before = previews.known("https://a.example");
        const both = Promise.all([of("https://a.example"), of("https://a.example", { seq: 2 })]);
        await settle();
        asked[0].resolve({ preview: page });
        const titles = (await both).map(({ title }) => title);
        const later = await of("https://a.example");
        const none = of("https://none.example");
        await settle();
        asked[1].resolve({ preview: null });
        const known = [previews.known("https://a.example").title, await none, previews.known("https://none.example")];
        const count = asked.length;
        previews.forget();
        const kept = previews.known("https://a.example");
        const { question } = asked[0];
        return { question, before: before === undefined, titles, later: later.title, known, count, kept };
        """,
    )
    assert found == {
        "question": ["r", 1, "https://a.example"],
        "before": True,
        "titles": ["A page", "A page"],
        "later": "A page",
        "known": ["A page", None, None],
        "count": 2,
        "kept": None,
    }


def test_readers_of_a_new_message_spread_out_and_ask_again_while_it_is_fetched(run: Run) -> None:
    found = asked(
        run,
        """
        const answer = of("https://a.example", { crowded: true });
        await settle();
        asked[0].resolve({ preview: null, retryAfter: 2 });
        await settle();
        asked[1].resolve({ preview: page });
        return { title: (await answer).title, waits };
        """,
    )
    assert found == {"title": "A page", "waits": [1000, 2000]}


def test_two_are_asked_for_at_once_and_a_failure_is_not_remembered(run: Run) -> None:
    found = asked(
        run,
        """
        const told = (answer) => answer.catch(({ message }) => message);
        const all = ["a", "b", "c"].map((name) => told(of(`https://${name}.example`)));
        await settle();
        const first = asked.length;
        asked[0].reject(new Error("no"));
        await settle();
        const second = asked.length;
        for (const { resolve } of asked.slice(1)) resolve({ preview: page });
        const [refused] = await Promise.all(all);
        of("https://a.example");
        await settle();
        return { first, second, refused, again: asked.length };
        """,
    )
    assert found == {"first": 2, "second": 3, "refused": "no", "again": 4}


def test_a_page_that_is_always_being_fetched_is_given_up(run: Run) -> None:
    found = asked(
        run,
        """
        const answer = of("https://a.example");
        for (let turn = 0; turn < 4; turn += 1) {
          await settle();
          asked[turn].resolve({ preview: null, retryAfter: 1 });
        }
        const unknown = previews.known("https://a.example") === undefined;
        return { answer: await answer, asked: asked.length, unknown };
        """,
    )
    assert found == {"answer": None, "asked": 4, "unknown": True}
