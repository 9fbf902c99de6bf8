"""The class that decides about hooks and bots, by itself in an empty page."""

from .conftest import Run

# Programs at a service that holds each answer until it is told to give it.
PROGRAMS = """
  const held = { list: [], make: [], end: [] };
  const ask = (what) => (...asked) => new Promise((give, refuse) => held[what].push({ asked, give, refuse }));
  const bots = new programs.Programs("bots", { list: ask("list"), make: ask("make"), end: ask("end") });
  const names = () => bots.all?.map(({ name }) => name) ?? null;
  const refusal = (code, message) => Object.assign(new Error(message), { code });
  const settled = () => new Promise((done) => setTimeout(done));
"""


def test_a_program_is_made_under_a_name_and_stands_in_the_list_even_if_that_is_late(run: Run) -> None:
    body = f"""{PROGRAMS}
      bots.load();
      const making = bots.make(" Hal ", 24);
      held.make[0].give({{ id: "h", name: "Hal", token: "secret" }});
      await settled();
      const early = names();
      held.list[0].give([{{ id: "r", name: "Robby" }}]);
      return [held.make[0].asked, early, (await making).token, names()];
    """
    assert run("models/programs.js", body) == [["Hal", 24], None, "secret", ["Robby", "Hal"]]


def test_what_a_program_cannot_be_called_and_that_there_are_too_many_is_said_in_a_sentence(run: Run) -> None:
    body = f"""{PROGRAMS}
      const why = (making) => making.then(() => null, (error) => error.message);
      const said = [await why(bots.make("  ")), await why(bots.make("x".repeat(33)))];
      for (const code of ["conflict", "name_taken"]) {{
        const making = bots.make("Hal");
        held.make.pop().refuse(refusal(code, `the service said ${{code}}`));
        said.push(await why(making));
      }}
      return said;
    """
    assert run("models/programs.js", body) == [
        "Please give it a name.",
        "That name has 33 characters; 32 is the most.",
        "You have as many bots as somebody can have. End one first.",
        "the service said name_taken",
    ]


def test_a_program_that_somebody_else_ended_is_gone_and_one_that_cannot_be_ended_stays(run: Run) -> None:
    body = f"""{PROGRAMS}
      bots.load();
      held.list[0].give([{{ id: "a", name: "A" }}, {{ id: "b", name: "B" }}]);
      await settled();
      const ending = [bots.end("a"), bots.end("b").catch((error) => error.message)];
      held.end[0].refuse(refusal("not_found", "You have no such bot."));
      held.end[1].refuse(refusal("unavailable", "Try again."));
      return [(await Promise.all(ending))[1], names()];
    """
    assert run("models/programs.js", body) == ["Try again.", ["B"]]


def test_nothing_that_was_begun_with_one_room_s_hooks_shows_among_those_of_the_next(run: Run) -> None:
    body = f"""{PROGRAMS}
      bots.load();
      const making = bots.make("Hal");
      bots.load();
      held.list[1].give([]);
      held.list[0].give([{{ id: "a", name: "A" }}]);
      held.make[0].give({{ id: "h", name: "Hal" }});
      return [await making, names()];
    """
    assert run("models/programs.js", body) == [None, []]


def test_buttons_are_the_last_line_of_a_bot_s_message_and_nothing_else(run: Run) -> None:
    body = """
      const hal = { id: "b-1", name: "Hal", bot: true };
      const look = (text, user = hal) => {
        const { shown, buttons: found } = buttons.withButtons({ text, user });
        return [shown.text, ...found.map(({ label, value }) => `${label}=${value}`)];
      };
      const many = (count) => Array.from({ length: count }, (_, n) => `[${n}](undertone:${n})`).join(" ");
      return [
        look("Well?\\n\\n [Yes](undertone:yes)  [No, never](undertone:no:1) \\n"),
        look("[Yes](undertone:yes)"),
        look("[Yes](undertone:yes)", { id: "u-1", name: "Ada" }),
        look("[Yes](undertone:yes)", { ...hal, id: "hook-1" }),
        look("[Yes](undertone:yes) or so"),
        look("[Yes](undertone:yes)\\nmore"),
        look("[ ](undertone:yes)"),
        look("[Yes](undertone:y s)"),
        look("[Yes](undertone:yes)[No](undertone:no)"),
        look(many(12)).length,
        look(many(13)).length,
      ];
    """
    assert run("models/markup/buttons.js", body) == [
        ["Well?", "Yes=yes", "No, never=no:1"],
        ["", "Yes=yes"],
        ["[Yes](undertone:yes)"],
        ["[Yes](undertone:yes)"],
        ["[Yes](undertone:yes) or so"],
        ["[Yes](undertone:yes)\nmore"],
        ["[ ](undertone:yes)"],
        ["[Yes](undertone:y s)"],
        ["[Yes](undertone:yes)[No](undertone:no)"],
        13,
        1,
    ]


def test_an_address_begins_with_https(run: Run) -> None:
    body = """
      const looked = ["https://bot.example.org/a", "http://bot.example.org/", "bot.example.org", ""];
      return looked.map((url) => bot_addresses.addressProblem(url));
    """
    assert run("models/bot_addresses.js", body) == [None, *["bots.address.wrong"] * 3]
