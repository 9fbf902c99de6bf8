"""What the text of a message means, without a page: the tree and its plain form."""

from typing import Any

import pytest

from .conftest import Run
from .hostile import HOSTILE

PEOPLE = [{"id": "u-1", "name": "Ada"}, {"id": "u-2", "name": "Ada Byron"}, {"id": "u-3", "name": "*Z*"}]
# The tree in one line: s strong, e emphasis, d struck, c code, l link, m mention, p paragraph, C code block,
# q quote, u and o lists, h heading, T table.
SHORT = """
const KINDS = { strong: 's', emphasis: 'e', struck: 'd', link: 'l', paragraph: 'p', quote: 'q' };
const all = (nodes) => nodes.map(short).join('');
const cells = (row) => row.map(all).join('|');
const item = ({ number, blocks }) => `${number === null ? '' : `${number}:`}${all(blocks)}`;
const short = (node) => {
  if (typeof node === 'string') return node;
  if (node.kind === 'code') return 'language' in node ? `C${node.language}{${node.text}}` : `c{${node.text}}`;
  if (node.kind === 'mention') return `m{${node.id}}`;
  if (node.kind === 'list') return `${node.ordered ? 'o' : 'u'}{${node.items.map(item).join('|')}}`;
  if (node.kind === 'heading') return `h${node.level}{${all(node.children)}}`;
  if (node.kind === 'table') {
    const aligned = node.alignments.map((one) => one?.[0] ?? '-').join('');
    return `T${aligned}{${[node.head, ...node.rows].map(cells).join('/')}}`;
  }
  const leads = node.kind === 'link' && node.named ? ` > ${node.href}` : '';
  return `${KINDS[node.kind]}{${all(node.children ?? node.blocks)}${leads}}`;
};
"""


def tree(run: Run, text: str, people: list[dict[str, str]] | None = None) -> Any:
    body = f"{SHORT} return all(blocks.parse(argument.text, argument.people));"
    return run("models/markup/blocks.js", body, {"text": text, "people": people or []})


AS_WRITTEN = [
    "2 * 3 * 4", "2*3*4 and a*b*c", "snake_case_name and _private", "__init__ and __all__",
    "C:\\path\\*.txt", "<b>bold</b> &amp;", ":-) :* >:-( >_< ^_^ -_-", "*_* *^_^* (*_*) _~_",
    "1) first\n2) second", "#general", "#", "# ", "#### four", " # in", "a # b", "#!/bin/sh",
    "- single", "1986. What a year", "+ a\n+ b",
    "-5\n-3", "* * *\n- - -", "---", ">>> x = 1\n>>> y", ">", ">no space", "¯\\_(ツ)_/¯", "*.txt,*.py *.md",
    "/* a */ b /*c*/", "int *a, *b; f(*args, **kwargs)", "5* hotel, 4* food", "a ~~ b, ~5, ~~~ ~~~",
    "it's `one tick", "``quoted'' and ` `", "\\*no\\* \\`no\\`", "*open\nclosed*", "****",
    "[x] done [ ] todo [a](b)", "@Ada @[u-1]", "a  b\n\n\n  c\td", "~~~\nno fence\n~~~", "```", "Look: ```",
    "    - far\n    - in", "👩‍👩‍👧 *", "-*- coding: utf-8 -*-",
    "a | b\n--- | --- | ---", "a | b\n--- | -x-", "a | b\n\n--- | ---", "a\n---", "a\n| --- |\n|b",
    "||\n|--|",
    "a || b\nc | d", "--- | ---", "a | b\n: | ---", "a|b", "| a |\n| - - |",
]  # fmt: skip


@pytest.mark.parametrize("text", AS_WRITTEN, ids=range(len(AS_WRITTEN)))
def test_what_is_no_markup_stays_as_it_was_written(run: Run, text: str) -> None:
    assert tree(run, text) == f"p{{{text}}}"


SPANS = [
    ("**a** *b* _c_ ~~d~~", "s{a} e{b} e{c} d{d}"),
    ("**a *b* c**, ***d***", "s{a e{b} c}, s{e{d}}"),
    ("*a **b***", "e{a s{b}}"),
    ("*a **b* c**", "e{a **b} c**"),
    ("*a *b* c*", "*a e{b} c*"),
    ('("*a*"), *b*. 😀*c*😀', '("e{a}"), e{b}. 😀e{c}😀'),
    ("这是*重点*内容", "这是e{重点}内容"),
    ("_snake_case_", "e{snake_case}"),
    (
        "un**believ**able, **un**believable, unbeliev**able**",
        "uns{believ}able, s{un}believable, unbelievs{able}",
    ),
    ("un~~be**li**ev~~able **~~un~~**x **un~~li~~**y", "und{bes{li}ev}able s{d{un}}x s{und{li}}y"),
    ("नि**मा**ण un**be**li**ev**a **x un**be**li**", "नि**मा**ण uns{be}lis{ev}a s{x uns{be}li}"),
    ("x**y**z 2**3**4 a**12**b f(**kwargs) a ** b c**d", "x**y**z 2**3**4 a**12**b f(**kwargs) a ** b c**d"),
    ("un*believ*able un_believ_able un***believ***able", "un*believ*able un_believ_able un***believ***able"),
    ("aa**bb + cc**dd, **kwargs of x**y, a**b-c**d", "aa**bb + cc**dd, **kwargs of x**y, a**b-c**d"),
    ("**f(x**y) is bold** and **太字**abc", "s{f(x**y) is bold} and s{太字}abc"),
    ("`a*b*` ``c`d`` ` `` `e", "c{a*b*} c{c`d} c{``}e"),
    ("*a `b* c` d*", "e{a c{b* c} d}"),
    ("**https://example.org/a_b*c**", "s{l{https://example.org/a_b*c}}"),
    ("*see https://example.org/a*", "e{see l{https://example.org/a}}"),
    ("`https://example.org`", "c{https://example.org}"),
    ("<https://example.org>", "<l{https://example.org}>"),
    ("[the *docs*](https://example.org/a_(b))", "l{the e{docs} > https://example.org/a_(b)}"),
    ("[README.md](HTTPS://example.org)!", "l{README.md > https://example.org/}!"),
    ("[https://example.org/x](https://example.org/y)", "l{l-address}"),
    ("[example.org](https://example.org/y)", "l{example.org}"),
    ("[a.example, b.example](https://b.example)", "l{a.example, b.example > https://b.example/}"),
    ("[write](mailto:a@b.example)", "l{write > mailto:a@b.example}"),
]


@pytest.mark.parametrize(("text", "found"), SPANS, ids=range(len(SPANS)))
def test_marks_within_a_line_become_spans(run: Run, text: str, found: str) -> None:
    expected = found.replace("l-address", "https://example.org/x")
    assert tree(run, text) == f"p{{{expected}}}"


BLOCKS = [
    ("a\n```py\n  if x:\n\ty\n```\nb", "p{a}Cpy{  if x:\n\ty}p{b}"),
    ("````\n```\n**a**\n````", "C{```\n**a**}"),
    ("```\nnever closed\n  a", "C{never closed\n  a}"),
    ("```x = 1\ny```\nb", "C{x = 1\ny}p{b}"),
    ("Look: ```js\na\n```\nb", "p{Look:}Cjs{a}p{b}"),
    ("```a```", "p{c{a}}"),
    ("  ```\n    a\n  ```", "C{  a}"),
    ("> a\n> > b\n>\n> c\nd", "q{p{a}q{p{b}}p{c}}p{d}"),
    ("> ```\n> a\n> ```", "q{C{a}}"),
    ("> ```\n> a\n> ```\n\n```\nb\n```", "q{C{a}}C{b}"),
    ("- a\n- **b**\n\n- c", "u{p{a}|p{s{b}}|p{c}}"),
    ("* a\n  more\n* b\nend", "u{p{a\nmore}|p{b}}p{end}"),
    ("- a\n  - b\n    - c\n- d", "u{p{a}u{p{b}u{p{c}}}|p{d}}"),
    ("1. a\n   - b\n7. c", "o{1:p{a}u{p{b}}|7:p{c}}"),
    ("- a\n- b\n1. c\n2. d", "u{p{a}|p{b}}o{1:p{c}|2:p{d}}"),
    ("- a\n  ```sh\n  b\n    c\n  ```\n- d", "u{p{a}Csh{b\n  c}|p{d}}"),
    ("- \ta\n-\tb", "u{p{a}|p{b}}"),
    ("> > > > > deep", "q{q{q{q{p{> deep}}}}}"),
    ("a\r\nb", "p{a\nb}"),
    ("\n\na\n\n> b\n\n", "p{a}q{p{b}}"),
    ("# *a* b\nc\n## d\n### e #\n\nf", "h1{e{a} b}p{c}h2{d}h3{e #}p{f}"),
    ("> # a\n> b", "q{h1{a}p{b}}"),
    ("- # a\n- ## b", "u{p{# a}|p{## b}}"),
    ("```\n# a\n| b |\n| - |\n```", "C{# a\n| b |\n| - |}"),
    ("| a | b |\n| --- | :-: |\n| 1 | **2** |\nend", "T-c{a|b/1|s{2}}p{end}"),
    ("see\na | b\n:- | -:\nc | d", "p{see}Tse{a|b/c|d}"),
    ("|a|b|\n|-|-|\n|1|\n|1|2|3|\n|||", "T--{a|b/1/1|2 | 3/|}"),
    ("a\\|b | `c\\|d`\n-|-\n\\ | \\\\|", "T--{a|b|c{c|d}/\\|\\|}"),
    ("|  | |\n|-|-|\n| a | |", "T--{|/a|}"),
    ("| a |\n|---|\n\n| b |", "T-{a}p{| b |}"),
    ("> a | b\n> -|-\n> [c](javascript:d) | e", "q{T--{a|b/[c](javascript:d)|e}}"),
    ("[a]\n(https://b.example)", "p{[a]\n(l{https://b.example})}"),
]


@pytest.mark.parametrize(("text", "found"), BLOCKS, ids=range(len(BLOCKS)))
def test_marks_at_the_beginning_of_lines_become_blocks(run: Run, text: str, found: str) -> None:
    assert tree(run, text) == found


NO_LINKS = [
    "[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))", "[a](java\tscript:alert(1))",
    "[a](\x01javascript:alert(1))", "[a](&#106;avascript:alert(1))", "[a](javascript&colon;alert(1))",
    "[a](%6aavascript:alert(1))", "[a](data:text/html;base64,PHNjcmlwdD4=)", "[a](vbscript:x)",
    "[a](blob:https://x.example/1)", "[a](file:///etc/passwd)", "[a](//x.example)", "[a](/path)",
    "[a](#/r/x)", "[a](https:x.example)", "[a](https:\\\\x.example)",
    "[a](https://good.example@evil.example)", "[a](https://2130706433)",
    "[a](mailto:a@b.example?cc=c@d.example)", "[https://good.example](https://evil.example)",
    "[www.good.example](https://evil.example)", "[a](ht\ntps://x.example)",
    "[\u202egro.live](https://evil.example)", "[ \u200b ](https://x.example)", "[](https://x.example)",
    "[see https://good.example now](https://evil.example)", "![a](javascript:x)",
    "[a](https://x.example/\u202e)", '[a](https://x.example/"onclick=x)',
]  # fmt: skip


@pytest.mark.parametrize("text", NO_LINKS, ids=range(len(NO_LINKS)))
def test_words_are_a_link_only_if_it_leads_to_the_web_or_a_mailbox_and_hides_nothing(
    run: Run, text: str
) -> None:
    found = tree(run, text)
    assert " > " not in found
    assert "l{a" not in found


def test_a_mention_is_found_by_id_or_name_if_the_message_mentions_that_person(run: Run) -> None:
    text = "@[u-1] @[u-9] @Ada @Ada Byron, @Adam a@Ada @*Z* `@Ada` **@Ada**"
    expected = "p{m{u-1} @[u-9] m{u-1} m{u-2}, @Adam a@Ada m{u-3} c{@Ada} s{m{u-1}}}"
    assert tree(run, text, PEOPLE) == expected


def test_the_plain_form_says_the_same_without_marks(run: Run) -> None:
    text = "**a** `b` [c](https://d.example) @[u-1]\n> e\n- f\n- g\n\n```py\nh\n```\n3. i\n4. j"
    text += "\n## k *l*\n| m | `n` |\n|--|--|\n| o |\n\n| |\n|-|\n| u**nde**r |"
    body = "return plain.plainText(argument);"
    found = run("models/markup/plain.js", body, {"text": text, "mentions": PEOPLE})
    assert found == "a b c (d.example) @Ada\ne\n• f\n• g\nh\n3. i\n4. j\nk l\nm | n\no\nunder"


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("a\n" * 19 + "a", False),
        ("a\n" * 20 + "a", True),
        ("a" * 2_000, False),
        ("a" * 2_001, True),
        ("😀" * 2_000, False),
    ],
    ids=range(5),
)
def test_more_than_20_lines_or_2000_characters_are_long(run: Run, text: str, long: bool) -> None:
    assert run("models/markup/plain.js", "return plain.isLong(argument);", text) == long


def test_the_time_of_parsing_grows_with_the_length_and_not_with_its_square(run: Run) -> None:
    """Of a text that is 16 times as long: 256 times would be the square, 16 the length."""
    body = f"{HOSTILE} return slow((text) => blocks.parse(text, argument));"
    assert run("models/markup/blocks.js", body, PEOPLE) == []
