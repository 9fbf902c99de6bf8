"""What decides about replies and suggestions, without a page."""

from typing import Any

import pytest

from .conftest import Run

LINE = "return quotes.quotedLine(argument.quote, argument.original)"


def test_a_reply_keeps_what_the_service_will_keep(run: Run) -> None:
    body = "return quotes.quoteOf(argument)"
    user = {"id": "u-ada", "name": "Ada"}
    message = {"seq": 7, "at": 9, "user": user | {"role": "admin"}, "text": "🎉" * 200, "reactions": {}}
    assert run("models/quotes.js", body, message) == {"seq": 7, "user": user, "text": "🎉" * 140}


@pytest.mark.parametrize(
    ("text", "original", "line"),
    [
        ("a **bold**\n`word`", None, "a bold word"),
        ("as it was", {"text": "as it is"}, "as it was"),
        ("a secret", {"text": "", "deleted": True}, "This message was deleted."),
        ("", None, "A message without words"),
        ("@[u-1] look", {"text": "", "mentions": [{"id": "u-1", "name": "Bo"}]}, "@Bo look"),
    ],
)
def test_a_quoted_message_is_one_line_without_marks(
    run: Run, text: str, original: dict[str, Any] | None, line: str
) -> None:
    assert run("models/quotes.js", LINE, {"quote": {"text": text}, "original": original}) == line


def test_deleted_messages_are_no_replies(run: Run) -> None:
    messages = [
        {"seq": 1, "replyTo": None},
        {"seq": 2, "replyTo": {"seq": 1}},
        {"seq": 3, "replyTo": {"seq": 1}, "deleted": True},
        {"seq": 4, "replyTo": {"seq": 2}},
    ]
    found = run("models/quotes.js", "return quotes.repliesTo(1, argument).map(({ seq }) => seq)", messages)
    assert found == [2]


SUGGESTIONS = """
  const { Emitter } = await import("/scripts/lib/emitter.js");
  const finder = Object.assign(new Emitter(), { asked: [], type: (room, query) => finder.asked.push([room, query]), stop() {} });
  const emoji = { find: async () => [{ emoji: "🎉", name: "party popper", code: "party_popper" }], named: async () => null };
  const picked = [];
  const people = { learn: async () => {}, present: () => [{}, {}], count: () => 3, pick: ({ id }) => picked.push(id) };
  const all = new suggestions.Suggestions({ finder, emoji, people });
  const ada = { id: "u-ada", name: "Ada" }, abe = { id: "u-abe", name: "Abe" };
  const type = (text, more = {}) => all.typed("general", { text, caret: text.length, ...more });
  const labels = () => all.list.map(({ label }) => label);
"""  # noqa: E501 -- JavaScript, as it is formatted in the page


def test_the_choice_stays_while_more_is_found_and_begins_anew_with_the_next_letter(run: Run) -> None:
    body = f"""{SUGGESTIONS}
      type("@a");
      finder.emit("found", [ada, abe]);
      all.move(-1);
      const moved = all.active;
      finder.emit("found", [ada, abe, {{ id: "u-al", name: "Al" }}]);
      const kept = all.active;
      type("@ab");
      finder.emit("found", [abe]);
      return {{ moved, kept, anew: all.active, labels: labels(), asked: finder.asked }};
    """
    assert run("models/suggestions.js", body) == {
        "moved": 1,
        "kept": 1,
        "anew": 0,
        "labels": ["Abe"],
        "asked": [["general", "a"], ["general", "ab"]],
    }


def test_what_is_taken_is_put_in_and_remembered(run: Run) -> None:
    body = f"""{SUGGESTIONS}
      const used = [];
      all.on("emoji", (one) => used.push(one));
      type("hi @a");
      finder.emit("found", [ada]);
      const mention = all.take("hi @a");
      type("done :ta");
      await new Promise((resolve) => setTimeout(resolve));
      const face = all.take("done :ta");
      return {{ mention, face, picked, used, left: all.list.length }};
    """
    assert run("models/suggestions.js", body) == {
        "mention": {"text": "hi @Ada ", "caret": 8},
        "face": {"text": "done 🎉 ", "caret": 8},
        "picked": ["u-ada"],
        "used": ["🎉"],
        "left": 0,
    }


def test_what_comes_too_late_is_not_offered_nor_are_people_who_would_not_be_told(run: Run) -> None:
    body = f"""{SUGGESTIONS}
      type("@a");
      all.close();
      finder.emit("found", [ada]);
      type("hi :ta");
      type("hi :ta ");
      await new Promise((resolve) => setTimeout(resolve));
      type("@a", {{ mentions: false }});
      return [all.list.length, finder.asked.length];
    """
    assert run("models/suggestions.js", body) == [0, 1]


def test_far_back_is_what_many_pages_lie_between(run: Run) -> None:
    body = (
        "return [[true, 5000, 3999], [true, 5000, 4000], [false, 1, 1]]"
        ".map(([hasOlder, oldest, seq]) => excerpt.isFarBack({ hasOlder, oldest }, seq))"
    )
    assert run("models/excerpt.js", body) == [True, False, False]
