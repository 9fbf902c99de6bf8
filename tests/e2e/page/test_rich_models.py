"""What the field that formats makes of a text with marks, and of lines such a text."""

import re
from typing import Any

import pytest

from .conftest import Run

PREPARE = """
const modules = ["lines", "toggles", "run_marks", "tables"].map((name) => `models/rich/${name}`);
const [lines, toggles, runs, tables, { MARKUP }, { parse }] = await Promise.all(
  [...modules, "views/box_choice", "models/markup/blocks"].map((name) => import(`/scripts/${name}.js`)));
const box = new formatted.Formatted(MARKUP);
const bare = (read) => read.map(({ runs: parts, within }) => [
  parts.map(({ text, marks }) => `${Object.keys(marks).filter((kind) => marks[kind])}:${text}`).join("|"),
  within.map(({ kind, ordered }) => (ordered ? "ordered" : kind)).join(" ")]);
// cells that are missing at the end of a row are empty ones
const filled = (_, it) => it?.kind !== "table" ? it
  : { ...it, rows: it.rows.map((cells) => it.head.map((_cell, column) => cells[column] ?? [])) };
const shape = (text) => JSON.stringify(parse(text), filled);
const anew = (read) => new formatted.Formatted(MARKUP).write(read).text;
"""
TEXTS = [
    "",
    "a",
    "**a** *b* ~~c~~ `d`",
    "_x_ y",
    "*a **b** c*",
    "**a *b* c**",
    "***a***",
    "_**a** b_",
    "**a**b",
    "un**believ**able **un**be~~liev~~able 2**34**5",
    "~~*a*~~",
    "2*3*4 snake_case_x *_* ** __",
    "(**a**), *b*.",
    "`` a`b `` c",
    "**`code` x**",
    "**a\nb**",
    "日**本**語 *日*",
    "- a\n- b\n  - c\n  - d\n- e",
    "* a\n* b",
    "1. a\n2. b\n\n3. c",
    "4. a\n5. b",
    "1. a\n1. b",
    "a\n- b",
    "- a\n\n\n- b",
    "1. a\n   > q\n2. b",
    "- a\n  ```\n  x\n  ```\n- b",
    "- **a**\n- [ ] b\n   c",
    "> a\n> b\n>\n> c",
    "> a\n\n> b",
    "> a\n> > b\n> - x\n> - y",
    "> # h\n> t",
    "```js\n  x `y`\n\n\n```",
    "````\n```\n````",
    "look: ```\n_x_\n```",
    "[l](https://a.example/x_(y)) z",
    "[**b** l](https://a.example)",
    "[a](b) [](https://a.example)",
    "https://a.example/_x_ and *https://b.example*",
    "| a | b |\n| --- | --- |\n| **1** | 2 |",
    "x\na|b\n:-|-:\n`c\\|d`\n|1|2|3|\n|\\\\|\\|\n\ny | z",
    "|   |\n|:-:|\n| [a](https://b.example/c) |\n|   |",
    "> | a |\n> | --- |\n> | *b* |\n- | c |\n  | --- |\n- d\n  | e | f |\n  |---|---|",
    "| a |\n| --- |\n\n| b |\n| --- |\n\n\n| --- |\n| - |",
    "# h *x*\ntext\n\n\nmore",
    "שלום **עולם** _x_",
    "- مرحبا\n- **ب**",
    "😀 **😀** x",
    "trailing  \n",
    "\n\nlead",
    "  indented\n\ttab",
    "@Ada **@here**",
]
TABLE = "|a|b|\n|:-:|-|\n|c|d|\n|e|f|"


def test_a_text_comes_back_as_it_was_and_its_lines_mean_the_same(run: Run) -> None:
    found = run(
        "models/rich/formatted.js",
        f"""{PREPARE} return argument.map((text) => {{
          const own = new formatted.Formatted(MARKUP);
          const read = own.lines(text);
          const same = shape(anew(read)) === shape(text);
          return [own.write(read).text, same];
        }});""",
        TEXTS,
    )
    assert found == [[text, True] for text in TEXTS]


def test_texts_of_random_marks_come_back_as_they_were(run: Run) -> None:
    """Each place in one leads to a place in the lines and back to an offset of the same line."""
    found = run(
        "models/rich/formatted.js",
        f"""{PREPARE}
        const pieces = ["*", "**", "_", "~~", "`", "a", "b c", " ", "\\n", "- ", "1. ", "> ", "(", ".", "日",
          "```\\n", "  ", "[x](https://e.example/)", "|", "# ", "| a | b |\\n", "| - | :-: |\\n", "\\\\"];
        let seed = 7;
        const random = (most) => (seed = (seed * 1103515245 + 12345) % 2147483648) % most;
        const wrong = [];
        for (let round = 0; round < 3000; round += 1) {{
          const text = Array.from({{ length: 1 + random(14) }}, () => pieces[random(pieces.length)]).join("");
          const own = new formatted.Formatted(MARKUP);
          const read = own.lines(text);
          const made = own.write(read);
          const place = formatted.placeOf(made, random(text.length));
          const again = formatted.placeOf(made, formatted.offsetOf(made.segments, place));
          const same = shape(anew(read)) === shape(text);
          if (made.text !== text || !same || again.line !== place.line) wrong.push(text);
        }}
        return wrong;""",
    )
    assert found == []


def test_marked_parts_of_words_are_read_as_they_were_written(run: Run) -> None:
    """Words in random pieces of letters, each of at least two if it is marked."""
    found = run(
        "models/rich/formatted.js",
        f"""{PREPARE}
        let seed = 11;
        const random = (most) => (seed = (seed * 1103515245 + 12345) % 2147483648) % most;
        const letters = ["ab", "cde", "éf", "ый", "שלו", "abc"];
        const kinds = [{{}}, {{ strong: true }}, {{ struck: true }}, {{ strong: true, struck: true }}];
        const wrong = [];
        for (let round = 0; round < 1500; round += 1) {{
          const made = [];
          for (let piece = random(6) + 1; piece > 0; piece -= 1) {{
            made.push({{ text: letters[random(letters.length)], marks: kinds[random(4)] }});
            if (random(4) === 0) made.push({{ text: [" ", ", "][random(2)], marks: {{}} }});
          }}
          const line = {{ runs: made, within: [] }};
          const text = box.write([line]).text;
          if (runs.looksOf(box.lines(text)[0]) !== runs.looksOf(line)) wrong.push(text);
        }}
        return wrong;""",
    )
    assert found == []


@pytest.mark.parametrize(
    ("text", "change", "made"),
    [
        ("_a_ b\n\n* c\n* d", "withWords(read, { line: 0, at: 3 }, '!', {})", "*a* b!\n\n* c\n* d"),
        (
            "* c\n* d\n\n_a_",
            "withMark(read, { start: { line: 0, at: 0 }, end: { line: 0, at: 1 } }, 'strong', true)",
            "- **c**\n- d\n\n_a_",
        ),
        (
            "a b c",
            "withMark(read, { start: { line: 0, at: 1 }, end: { line: 0, at: 4 } }, 'strong', true)",
            "a **b** c",
        ),
        (
            "abc d",
            "withMark(read, { start: { line: 0, at: 1 }, end: { line: 0, at: 2 } }, 'strong', true)",
            "abc d",
        ),
        (
            "abcd e",
            "withMark(read, { start: { line: 0, at: 1 }, end: { line: 0, at: 3 } }, 'strong', true)",
            "a**bc**d e",
        ),
        (TABLE, "withRow(read, 2).lines", "|a|b|\n|:-:|-|\n|c|d|\n| | |\n|e|f|"),
        (TABLE, "withRow(read, 0, true).lines", "| | |\n|:-:|-|\n|a|b|\n|c|d|\n|e|f|"),
        (TABLE, "withColumn(read, 2).lines", "|a| |b|\n|:-:|-|-|\n|c| |d|\n|e| |f|"),
        (TABLE, "withColumn(read, 2, true).lines", "| |a|b|\n|-|:-:|-|\n| |c|d|\n| |e|f|"),
        (TABLE, "withoutRow(read, 1).lines", "|c|d|\n|:-:|-|\n|e|f|"),
        (TABLE, "withoutColumn(read, 2).lines", "|b|\n|-|\n|d|\n|f|"),
        ("x\n|a|\n|-|\ny", "withoutRow(read, 1).lines", "x\n\ny"),
        (TABLE, "erased(read, { line: 1, at: 0 }, { line: 4, at: 0 })", "|a| |\n|:-:|-|\n| | |\n|e|f|"),
        (
            f"xy\n{TABLE}",
            "erased(read, { line: 0, at: 1 }, { line: 2, at: 1 })",
            "x\n| | |\n|:-:|-|\n|c|d|\n|e|f|",
        ),
        (f"xy\n{TABLE}\nzw", "erased(read, { line: 0, at: 1 }, { line: 7, at: 1 })", "xw"),
        (
            f"{TABLE}\nzw",
            "erased(read, { line: 5, at: 1 }, { line: 6, at: 1 })",
            "|a|b|\n|:-:|-|\n|c|d|\n|e|f|\nw",
        ),
        (TABLE, "copied(read, { line: 3, at: 0 }, { line: 4, at: 1 })", "| |d|\n|:-:|-|\n|e| |"),
        (TABLE, "toggled('list', read, 2, 2)", TABLE),
        (TABLE, "toggled('quote', read, 2, 2)", "> |a|b|\n> |:-:|-|\n> |c|d|\n> |e|f|"),
        (f"> {TABLE}".replace("\n", "\n> "), "toggled('quote', read, 2, 2)", TABLE),
        (
            "a**bcde**f",
            "withMark(read, { start: { line: 0, at: 2 }, end: { line: 0, at: 4 } }, 'struck', true)",
            "a**b~~cd~~e**f",
        ),
        (
            "**a b** c",
            "withMark(read, { start: { line: 0, at: 2 }, end: { line: 0, at: 5 } }, 'emphasis', true)",
            "**a *b*** *c*",
        ),
        ("**ab**\nc d", "without(read, { line: 0, at: 2 }, { line: 1, at: 1 })", "**ab** d"),
        ("- a\n- b", "without(read, { line: 0, at: 0 }, { line: 1, at: 1 })", ""),
        ("a\nb", "toggled('list', read, 0, 1)", "- a\n- b"),
        ("- a\n- b\n- c", "toggled('list', read, 1, 1)", "- a\nb\n- c"),
        ("- a\n- b", "toggled('ordered', read, 0, 0)", "1. a\n2. b"),
        ("- a\n- b\nc", "toggled('list', read, 2, 2)", "- a\n- b\n- c"),
        ("- a\n- b\nc", "toggled('ordered', read, 0, 2)", "1. a\n2. b\n3. c"),
        ("- a\n- b", "toggled('quote', read, 1, 1)", "> - a\n> - b"),
        ("> a\n> b\n> c", "toggled('quote', read, 1, 1)", "> a\nb\n> c"),
        ("- **a**\n- b", "toggled('block', read, 0, 1)", "```\na\nb\n```"),
        ("```py\na\nb\n```", "toggled('block', read, 0, 1)", "a\nb"),
        ("- a\n- b\n- c", "nested(read, 1, false)", "- a\n  - b\n- c"),
        ("- a\n  - b\n  - c\n- d", "lifted(read, 1)", "- a\n- b\n  - c\n- d"),
        ("1. a\n2. b\n3. c", "lifted(read, 1)", "1. a\nb\n1. c"),
    ],
)
def test_a_change_writes_anew_what_it_changes_and_nothing_else(
    run: Run, text: str, change: str, made: str
) -> None:
    body = f"""{PREPARE} const read = box.lines(argument);
    const {{ withWords, withMark, without, lifted, toggled, nested }} = {{ ...runs, ...lines, ...toggles }};
    const {{ withRow, withColumn, withoutRow, withoutColumn, erased, copied }} = tables;
    return box.write({change}).text;"""
    found = run("models/rich/formatted.js", body, text)
    assert (re.sub(r" ?\| ?", "|", found).replace("---", "-") if "|" in made else found) == re.sub(
        r" ?\| ?", "|", made
    )


def test_what_lines_cannot_say_stays_as_it_was_written(run: Run) -> None:
    text = "a\n- **c**\n- d\n# **e**\n1. f\n1. g"
    found: list[Any] = run("models/rich/formatted.js", f"{PREPARE} return bare(box.lines(argument));", text)
    assert found == [
        [":a", ""],
        ["strong:c", "list"],
        [":d", "list"],
        [":# |strong:e", ""],
        [":1. f", ""],
        [":1. g", ""],
    ]
