"""What the toolbar of the message box does to a text, without a page: « and » enclose what is selected."""

import pytest

from .conftest import Run

STATE = """
const state = (marked) => {
  const [before, selected, after] = marked.split(/[«»]/);
  return { text: before + selected + after, start: before.length, end: before.length + selected.length };
};
const marked = (now) => {
  const [before, selected, after] = now ? [[0, now.start], [now.start, now.end], [now.end]] : [];
  return now && `${now.text.slice(...before)}«${now.text.slice(...selected)}»${now.text.slice(...after)}`;
};
"""
FORMATTED = [
    ("strong", "a «b c» d", "a **«b c»** d"),
    ("strong", "a « b » d", "a « **b** » d"),
    ("strong", "a «**b c**» d", "a «b c» d"),
    ("strong", "a **«b» c** d", "a «b» c d"),
    ("strong", "«a **b** c»", "**«a b c»**"),
    ("strong", "«a **b» c**", "**«a b»** c"),
    ("strong", "un«believ»able", "un**«believ»**able"),
    ("strong", "un**«believ»**able", "un«believ»able"),
    ("emphasis", "un«believ»able", "*un«believ»able*"),
    ("strong", "a wo«»rd b", "a **wo«»rd** b"),
    ("strong", "a **wo«»rd** b", "a wo«»rd b"),
    ("strong", "a **word«»** b", "a **word**«» b"),
    ("strong", "a «» b", "a **«»** b"),
    ("strong", "a **«»** b", "a «» b"),
    ("strong", "«- a\n- b\n\n> c»", "«- **a**\n- **b**\n\n> **c»**"),
    ("strong", "«- **a**\n- **b**»", "«- a\n- b»"),
    ("strong", "*«a»*", "***«a»***"),
    ("emphasis", "**«a»**", "***«a»***"),
    ("emphasis", "«***a***»", "«**a**»"),
    ("strong", "«***a***»", "«*a*»"),
    ("emphasis", "«_a_» snake_case", "«a» snake_case"),
    ("emphasis", "«2 * 3» * 4", "*«2 * 3»* * 4"),
    ("struck", "«a»\nb", "~~«a»~~\nb"),
    ("struck", "~~a «b» c~~", "a «b» c"),
    ("code", "«a*b*»", "`«a*b*»`"),
    ("code", "«a`b`»", "`` «a`b`» ``"),
    ("code", "`` «a`b`» ``", "«a`b`»"),
    ("code", "«`a`»", "«a»"),
    ("strong", "`«**a**»`", "`**«**a**»**`"),
    ("block", "a\n«b\nc»\nd", "a\n```\n«b\nc»\n```\nd"),
    ("block", "a\n```py\nb«»\n```\nd", "a\nb«»\nd"),
    ("block", "«»", "```\n«»\n```"),
    ("block", "«a\n```\nb»", "````\n«a\n```\nb»\n````"),
    ("list", "«a\n\nb»\nc", "«- a\n\n- b»\nc"),
    ("list", "«- a\n* b»", "«a\nb»"),
    ("list", "«1. a\n  2. b»", "«- a\n  - b»"),
    ("list", "a«»", "- a«»"),
    ("ordered", "«a\nb\n»c", "«1. a\n2. b»\nc"),
    ("ordered", "«- a\n- b»", "«1. a\n2. b»"),
    ("ordered", "«1. a\n7. b»", "«a\nb»"),
    ("quote", "«a\n\nb»", "«> a\n>\n> b»"),
    ("quote", "«> a\n>\n> > b»", "«a\n\n> b»"),
    ("quote", "«»", "> «»"),
    ("link", "see «the docs» now", "see [the docs](«https://») now"),
    ("link", "«https://example.org»", "[«»](https://example.org)"),
    ("link", "«»", "[«»](https://)"),
    ("link", "a [b«» c](https://d.example)", "a «b c»"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "before", "after"), FORMATTED, ids=range(len(FORMATTED)))
def test_a_format_is_put_on_what_is_selected_and_taken_away_where_it_is_on(
    run: Run, kind: str, before: str, after: str
) -> None:
    body = f"{STATE} return marked(formatting.format(argument.kind, state(argument.before)));"
    assert run("models/formatting.js", body, {"kind": kind, "before": before}) == after


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("a **b «c» d** e", ["strong"]),
        ("***«a»***", ["strong", "emphasis"]),
        ("> - [`a«»`](https://b.example)", ["code", "quote", "link"]),
        ("1. ~~a~~ «b»", ["ordered"]),
        ("```\n**«»\n```", ["block"]),
        ("**a** «» **b**", []),
    ],
    ids=range(6),
)
def test_the_toolbar_knows_what_is_on_at_the_selection(run: Run, text: str, on: list[str]) -> None:
    body = f"{STATE} return formatting.formatsAt(state(argument));"
    assert run("models/formatting.js", body, text) == on


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- a«»", "- a\n- «»"),
        ("  3. a«»b", "  3. a\n  4. «»b"),
        ("> a«»", "> a\n> «»"),
        ("- a\n- «»", "- a\n«»"),
        ("a«»", None),
        ("-«» a", None),
        ("- «a»", None),
    ],
    ids=range(7),
)
def test_a_new_line_goes_on_with_its_list_or_ends_it(run: Run, before: str, after: str | None) -> None:
    body = f"{STATE} return marked(line_marks.continuedLine(state(argument)));"
    assert run("models/line_marks.js", body, before) == after


@pytest.mark.parametrize(
    ("before", "address", "after"),
    [
        ("see «the docs»", "https://example.org/a", "see [the docs](https://example.org/a)«»"),
        ("see« it »", "https://example.org", "see [it](https://example.org)«» "),
        ("see «»", "https://example.org", None),
        ("«a [b]»", "https://example.org", None),
        ("«https://a.example»", "https://example.org", None),
        ("«a»", "javascript:alert(1)", None),
        ("«a»", "https://example.org b", None),
    ],
    ids=range(7),
)
def test_an_address_that_is_pasted_on_words_makes_them_a_link(
    run: Run, before: str, address: str, after: str | None
) -> None:
    body = f"{STATE} return marked(formatting.linked(state(argument.before), argument.address));"
    assert run("models/formatting.js", body, {"before": before, "address": address}) == after


def test_an_address_that_is_typed_leads_somewhere_or_is_none(run: Run) -> None:
    found = {
        "https://example.org/a b?c=`(d)[e]": "https://example.org/a%20b?c=%60%28d%29%5Be%5D",
        " docs.example:8000/x ": "https://docs.example:8000/x",
        "localhost:8000": "https://localhost:8000/",
        "ada@example.org": "mailto:ada@example.org",
        "mailto:ada@example.org": "mailto:ada@example.org",
        "javascript:alert(1)": None,
        "data:text/html,x": None,
        "ftp://example.org": None,
        "https://you@example.org": None,
        "some words": None,
        "word": None,
        "": None,
    }
    body = "return argument.map(link_address.addressOf);"
    assert run("models/link_address.js", body, list(found)) == list(found.values())


def test_words_of_a_link_show_no_other_address(run: Run) -> None:
    words = [
        "the [docs]\n\u202ehere ",
        "example.org",
        "https://example.org/b",
        "https://other.example",
        "a" * 301,
    ]
    body = """return argument.map((typed) => {
      const words = link_address.linkWords(typed);
      return link_address.canName(words, "https://example.org/a") ? words : null;
    });"""
    expected = ["the (docs) here", "example.org", "https://example.org/b", None, None]
    assert run("models/link_address.js", body, words) == expected


LONG = "word " * 900
CODE = "x = 1\n" * 900
AS_FILES: list[tuple[str, str, str, str]] = [
    (LONG.strip(), "message.txt", LONG.strip(), "word " * 99 + "word …"),
    (f"# A\n{LONG}", "message.md", f"# A\n{LONG}", f"# A\n{'word ' * 98}word …"),
    (f"```python\n{CODE}```", "message.py", CODE[:-1], "```python\n" + "x = 1\n" * 8 + "…\n```"),
    (f"```\n{CODE}```", "message.txt", CODE[:-1], "```\n" + "x = 1\n" * 8 + "…\n```"),
    (
        f"a\n```\n{CODE}```\n> b",
        "message.md",
        f"a\n```\n{CODE}```\n> b",
        "a\n```\n" + "x = 1\n" * 6 + "…\n```",
    ),
]


@pytest.mark.parametrize(("text", "name", "whole", "lead"), AS_FILES, ids=range(len(AS_FILES)))
def test_a_text_that_is_too_long_becomes_a_file_and_its_beginning(
    run: Run, text: str, name: str, whole: str, lead: str
) -> None:
    found = run("models/long_text.js", "return long_text.asFile(argument);", text)
    assert found == {"name": name, "text": whole, "lead": lead}


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\r\nb\n", "a\nb"),
        ("aé".encode()[:2], "a"),
        ("\ufeffa".encode("utf-16-le"), "a"),
        (b"<script>alert(1)</script>", "<script>alert(1)</script>"),
        (b"\x7fELF\x02\x00", None),
    ],
    ids=["lines of Windows", "cut in a character", "UTF-16", "markup", "no text"],
)
def test_the_bytes_of_a_file_say_whether_it_is_text(run: Run, data: bytes, text: str | None) -> None:
    body = "return text_files.textOf(new Uint8Array(argument));"
    assert run("models/text_files.js", body, list(data)) == text


def test_the_beginning_of_a_text_is_asked_for_once_and_all_of_it_only_if_that_is_more(run: Run) -> None:
    body = """
      const asked = [];
      const letters = (bytes) => new TextEncoder().encode("ab\\n".repeat(bytes / 3));
      const read = async (address, most) => { asked.push([address, most]); return letters(most); };
      const addresses = { of: async (room, id) => `${room}/${id}` };
      const texts = new text_files.FileTexts({ addresses, read });
      const small = { id: "s", name: "s.txt", bytes: 30 };
      const large = { id: "l", name: "l.py", bytes: 30_000 };
      const huge = { id: "h", name: "h.csv", bytes: 3_000_000 };
      for (const file of [small, large]) await texts.begin("r", file);
      const heads = [small, large, huge].map((file) => texts.known(file));
      const wholes = [];
      for (const file of [small, large, huge]) wholes.push(await texts.whole("r", file));
      const told = wholes.map(({ text, more }) => [text.split("\\n").length, more]);
      return { heads, told, asked };
    """
    found = run("models/text_files.js", body)
    lines = "\n".join(["ab"] * 8)
    assert found["heads"][0] == {"head": lines, "all": "\n".join(["ab"] * 10)}
    assert found["heads"][1:] == [{"head": lines, "all": None}, None]
    assert found["told"] == [[10, False], [10_000, False], [333_333, True]]
    assert found["asked"] == [["r/s", 30], ["r/l", 16_384], ["r/l", 30_000], ["r/h", 1_000_000]]


def test_several_quotes_name_who_said_them_with_room_to_answer(run: Run) -> None:
    body = "return quotes.withQuote(quotes.withQuote('', argument, 'Bo') + 'Yes.', 'c', '*Cy*');"
    said = "> **Bo:**\n> a\n>\n> > b\n\nYes.\n\n> *Cy*:\n> c\n\n"
    assert run("models/quotes.js", body, "a\n\n> b\n") == said


@pytest.mark.parametrize(
    ("text", "chosen", "made", "selected"),
    [
        ("", "", "| Column 1 | Column 2 |\n| --- | --- |\n|   |   |\n|   |   |", "Column 1"),
        ("Above", "", "Above\n\n| Column 1 | Column 2 |\n| --- | --- |\n|   |   |\n|   |   |", "Column 1"),
        (
            "One a|b\nc below",
            "a|b\nc",
            "One\n\n| a\\|b c | Column 2 |\n| --- | --- |\n|   |   |\n|   |   |\n\nbelow",
            "Column 2",
        ),
    ],
)
def test_a_table_is_put_in_and_its_first_column_is_to_be_named(
    run: Run, text: str, chosen: str, made: str, selected: str
) -> None:
    body = """
      const { parse } = await import('/scripts/models/markup/blocks.js');
      const start = argument.chosen ? argument.text.indexOf(argument.chosen) : argument.text.length;
      const state = { text: argument.text, start, end: start + argument.chosen.length };
      const made = new_table.withTable(state, (number) => `Column ${number}`);
      return [made.text, made.text.slice(made.start, made.end), parse(made.text).map(({ kind }) => kind)];
    """
    found = run("models/new_table.js", body, {"text": text, "chosen": chosen})
    assert found[:2] == [made, selected]
    assert "table" in found[2]


@pytest.mark.parametrize(
    ("text", "few"),
    [
        ("🎉", True),
        ("👍🏽 👩‍👩‍👧\n🏳️‍🌈", True),
        ("🇩🇪❤️1️⃣", True),
        ("🎉🎉🎉🎉", False),
        ("🎉!", False),
        ("12", False),
        ("©", False),
        ("", False),
    ],
    ids=range(8),
)
def test_one_to_three_emoji_alone_are_drawn_larger(run: Run, text: str, few: bool) -> None:
    assert run("models/text.js", "return text.isFewEmoji(argument);", text) == few
