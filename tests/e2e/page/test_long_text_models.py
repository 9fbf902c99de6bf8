"""Which messages a text becomes that is too long for one, without a page."""

from typing import Any

import pytest

from .conftest import Run

PARTS = "models/text_parts.js"
PEOPLE = [{"id": "u-ada", "name": "Ada Lovelace"}]


def parts(run: Run, text: str, most: int) -> Any:
    body = "return text_parts.textParts(argument.text, argument.people, { most: argument.most });"
    return run(PARTS, body, {"text": text, "most": most, "people": PEOPLE})


CUTS: list[tuple[str, int, list[str]]] = [
    # Before a paragraph or a heading rather than between lines, and a heading stays with its words.
    (
        "one two three four\nfive six\n\nseven eight\nnine",
        40,
        ["one two three four\nfive six", "seven eight\nnine"],
    ),
    (
        "one two three four\n\nfive\n# Six\nseven eight nine",
        42,
        ["one two three four\n\nfive", "# Six\nseven eight nine"],
    ),
    # Between lines, after a sentence, between words, between letters.
    ("one two three\nfour five six\nseven", 28, ["one two three\nfour five six", "seven"]),
    ("One two three four. Five six seven.", 30, ["One two three four.", "Five six seven."]),
    ("one two three four five", 15, ["one two three", "four five"]),
    ("日本語の文です。次の文です。", 10, ["日本語の文です。", "次の文です。"]),
    ("abcdefgh", 5, ["abcde", "fgh"]),
    ("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", 12, ["👩‍👩‍👧👩‍👩‍👧", "👩‍👩‍👧"]),
    # Links, mentions, code and what is marked are whole; what would become a mark does not begin a line.
    ("see https://example.org/a(b)c and more", 28, ["see", "https://example.org/a(b)c", "and more"]),
    ("hello to you @Ada Lovelace and you", 20, ["hello to you", "@Ada Lovelace and", "you"]),
    ("here is **something strong** in it", 24, ["here is", "**something strong** in", "it"]),
    ("take this away: 7 - 3 or", 18, ["take this away:", "7 - 3 or"]),
    # Blocks go on as what they are.
    ("```py\na = 1\nb = 2\nc = 3\n```", 22, ["```py\na = 1\nb = 2\n```", "```py\nc = 3\n```"]),
    ("Look: ```py\na = 1\nb = 2\nc = 3\n```", 28, ["Look: ```py\na = 1\nb = 2\n```", "```py\nc = 3\n```"]),
    (
        "|a|b|\n|-|-|\n|1|2|\n|3|4|\n|5|6|\n|7|8|",
        24,
        ["|a|b|\n|-|-|\n|1|2|\n|3|4|", "|a|b|\n|-|-|\n|5|6|\n|7|8|"],
    ),
    ("> one two\n> three four\n> five six", 26, ["> one two\n> three four", "> five six"]),
    ("> one two three four five six", 20, ["> one two three four", "> five six"]),
    ("- one\n- two\n- three\n- four\n- five", 20, ["- one\n- two\n- three", "- four\n- five"]),
    (
        "1. one\n2. two\n   - three\n   - four\n   - five\n   - six\n3. seven",
        36,
        ["1. one\n2. two\n   - three\n   - four", "2. …\n   - five\n   - six\n3. seven"],
    ),
]


@pytest.mark.parametrize(("text", "most", "cut"), CUTS, ids=range(len(CUTS)))
def test_a_text_is_cut_where_it_reads_best(run: Run, text: str, most: int, cut: list[str]) -> None:
    assert parts(run, text, most) == cut


# Texts of every kind of block, made at random from a seed, and what is said in which block.
RANDOM = """
const { parse } = await import('/scripts/models/markup/blocks.js');
const { cleanText, countCodePoints } = await import('/scripts/models/text.js');
let state = argument.seed;
const random = () => {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};
const below = (most) => Math.floor(random() * most);
const times = (count, make) => Array.from({ length: count }, (_, at) => make(at));
const WORDS = [
  'word', 'and', 'über', '日本語', 'https://example.org/abc', '`code`', '**bold word**', '*one*',
  '@Ada Lovelace',
  '[a link](https://a.org/x)', 'é', '👩‍👩‍👧', 'الكلمة', 'end.', 'so!', '- x', '# y', '2.', '🇩🇪',
];
const words = (most) => times(1 + below(most), () => WORDS[below(WORDS.length)]).join(' ');
const statement = () => `${'  '.repeat(below(3))}x = ${words(6).replaceAll('`', '')}`;
const code = () => ['```' + ['js', 'python', ''][below(3)], ...times(1 + below(9), statement), '```'];
const list = (depth = 0) => {
  const ordered = random() < 0.5;
  return times(2 + below(6), (at) => {
    const marker = ordered ? `${at + 1}. ` : '- ';
    const nothing = () => [];
    const deeper = depth < 2 ? () => list(depth + 1) : nothing;
    const inner = [deeper, code, () => [words(8)], nothing, nothing][below(5)]();
    return [marker + words(8), ...inner.map((line) => ' '.repeat(marker.length) + line)];
  }).flat();
};
const lines = () => times(1 + below(4), () => words(random() < 0.1 ? 60 : 8));
const quote = () => [words(3), ...[list, code, lines, lines][below(4)](1)].map((line) => `> ${line}`);
const row = () => `| ${words(3)} | ${below(100)} |`;
const table = () => ['| a | b |', '|---|:-:|', ...times(1 + below(7), row)];
const heading = () => ['#'.repeat(1 + below(3)) + ' ' + words(3)];
const document = () => {
  const blocks = times(4 + below(20), () => [...[lines, heading, code, list, quote, table][below(6)](), '']);
  return cleanText(blocks.flat().join('\\n'));
};
// What is said, and in which blocks; lists of one item are none, and "…" and a table's head are said again.
const said = (blocks, within = '', found = []) => {
  const say = (place, text) => {
    const own = text.replace(/^\\s*(?:(?:[-*]|\\d+\\.)\\s+)*…?/gm, '').replace(/\\s+/g, '');
    if (found.at(-1)?.[0] === place) found.at(-1)[1] += own;
    else if (own !== '') found.push([place, own]);
  };
  const span = (one) => {
    if (typeof one === 'string') return one;
    return `<${one.kind}${one.href ?? one.id ?? ''}>${one.text ?? one.name ?? spans(one.children)}</>`;
  };
  const spans = (all) => all.map(span).join('');
  for (const block of blocks) {
    if (block.kind === 'paragraph') say(within, spans(block.children));
    else if (block.kind === 'heading') say(`${within}h${block.level}`, spans(block.children));
    else if (block.kind === 'code') say(`${within}c${block.language}`, block.text);
    else if (block.kind === 'quote') said(block.blocks, `${within}q`, found);
    else if (block.kind === 'list') for (const item of block.items) said(item.blocks, within, found);
    else for (const row of block.rows) say(`${within}t`, row.map(spans).join('|'));
  }
  return found;
};
"""

PROPERTIES = (
    RANDOM
    + """
const found = { parts: 0, faults: [] };
for (let count = 0; count < argument.documents; count += 1) {
  const text = document();
  const made = text_parts.textParts(text, argument.people, { most: argument.most, parts: 1_000 });
  found.parts += made.length;
  for (const part of made) {
    if (countCodePoints(part) > argument.most) found.faults.push(['too long', part]);
    if (cleanText(part) !== part || part === '') found.faults.push(['not as it would be stored', part]);
  }
  const whole = said(parse(text, argument.people));
  const joined = [];
  for (const part of made) said(parse(part, argument.people), '', joined);
  if (JSON.stringify(whole) !== JSON.stringify(joined)) found.faults.push(['other words', text, made]);
}
return found;
"""
)


@pytest.mark.parametrize(("most", "documents", "least"), [(300, 150, 1000), (1000, 150, 300)])
def test_all_messages_together_say_what_the_text_says_in_the_same_blocks(
    run: Run, most: int, documents: int, least: int
) -> None:
    given = {"seed": most, "documents": documents, "most": most, "people": PEOPLE}
    found = run(PARTS, PROPERTIES, given)
    assert found["faults"][:1] == []
    assert found["parts"] > least


HARD = {
    "letters": "a" * 63_000,
    "one mark": "**" + "word and more. " * 4_000 + "**",
    "stars": "*a " * 20_000,
    "accents on one letter": "a" + "\u0301" * 20_000,
    "families": "👩‍👩‍👧" * 9_000,
    "short lines": "a\n" * 30_000,
    "one line of code": "```js\n" + "let a = 1;" * 5_000 + "\n```",
    "wide head": "|" + "a " * 1_500 + "|b|\n|-|-|\n" + "|1|2|\n" * 900,
    "deep": "\n".join(" " * depth + "- a" for depth in range(300)),
}


def test_no_text_of_up_to_sixteen_messages_makes_one_that_is_too_long(run: Run) -> None:
    body = """
      const { cleanText, countCodePoints } = await import('/scripts/models/text.js');
      const letters = (text) => text.replace(/[\\s…*|`-]|js$/gm, '').length;
      return argument.map((given) => {
        const text = cleanText(given);
        const made = text_parts.textParts(text);
        const fits = made.every((part) => countCodePoints(part) <= 4_000);
        return [made.length <= 16, fits, made.map(letters).reduce((sum, one) => sum + one) >= letters(text)];
      });
    """
    assert run(PARTS, body, list(HARD.values())) == [[True, True, True]] * len(HARD)


def test_what_needs_more_than_sixteen_messages_stays_whole(run: Run) -> None:
    assert run(PARTS, "return text_parts.textParts('a'.repeat(64_001));") is None
    links = "\n".join(["https://example.org/" + "a" * 1_995] * 17)  # of which no message holds two
    assert run(PARTS, "return text_parts.textParts(argument);", links) is None
    assert run(PARTS, "return text_parts.textParts('a'.repeat(64_000)).length;") == 16


def test_the_first_of_several_texts_has_the_reply_and_the_files_and_each_its_own_mentions(run: Run) -> None:
    body = """
      const texts = [{ text: "a", mentions: [1] }, { text: "b", mentions: [2] }];
      const told = message_parts.messageParts(texts, { replyTo: 7, files: [[0], [1], [2, 3], [4]] });
      return told.map(({ text, mentions = null, replyTo = null, files }) => [text, mentions, replyTo, files]);
    """
    assert run("models/message_parts.js", body) == [
        ["a", [1], 7, [0, 1, 2, 3]],
        ["b", [2], None, []],
        ["", None, None, [4]],
    ]
