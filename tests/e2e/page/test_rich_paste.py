"""Rich text that is pasted becomes marks; nothing of it runs, is loaded or becomes an element."""

from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, expect

from .conftest import JoinAs, Run
from .test_text import MARKUP, SCRIPTS

RICH = """
const { inertDocument } = await import('/scripts/lib/inert_document.js');
const read = (html) => rich_text.richText(inertDocument(html).body);
"""
SHEET = """<meta charset="utf-8"><google-sheets-html-origin><style>td {border: 1px solid #ccc;}</style>
<table cellspacing="0" dir="ltr"><colgroup><col width="100"><col width="100"></colgroup><tbody>
<tr style="height:21px;"><td style="font-weight:bold;">Fruit</td><td>Price</td></tr>
<tr><td>Pear | green</td><td style="text-align:right;">1.20</td></tr>
<tr><td colspan="2">none</td></tr></tbody></table>"""
DOCS = """<b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr" style="line-height:1.38;">
<span style="font-weight:700;">Strong</span><span style="font-weight:400;"> and </span>
<span style="font-style:italic;">slanted</span></p><ul><li dir="ltr"><p><span>one</span></p></li>
<ul><li dir="ltr"><p><span>inner</span></p></li></ul><li><p><span>two</span></p></li></ul></b>"""
PASTED = [
    ("<b>a</b> <i>b</i> <s>c</s> <code>d`e</code>", "**a** *b* ~~c~~ `` d`e ``"),
    ("<b>a <i>b</i></b><b> c</b>, w<b>or</b>d <b>!</b>", "**a *b* c**, w**or**d !"),
    ('<a href="https://a.example/x_(y)"><b>words</b></a>', "**[words](https://a.example/x_%28y%29)**"),
    ('<a href="https://a.example/">https://a.example</a>', "https://a.example/"),
    ('<a href="javascript:alert(1)">a</a> <a href="mailto:b@c.example">b</a>', "a [b](mailto:b@c.example)"),
    ('<a href="https://good.example@evil.example">a</a> <a href="/x">b</a>', "a b"),
    ("<p>a<br>b</p>\n<p>c  \n d</p>", "a\nb\n\nc d"),
    ("<div>a</div><div><br></div><div>b<br></div>c", "a\n\nb\nc"),
    ("<h1><b>a</b></h1><h5>b</h5>text", "# a\n\n### b\n\ntext"),
    ('<ol start="3"><li>a<ul><li>b</ul><li><p>c</p><p>d</p></ol>', "3. a\n   - b\n4. c\n   d"),
    ("<blockquote><p>a</p><blockquote>b</blockquote></blockquote>c", "> a\n>\n> > b\n\nc"),
    ('<pre><code class="language-py">if x:\n\n\n  y</code></pre>', "```py\nif x:\n\n\n  y\n```"),
    ("<style>p {}</style><p hidden>a</p><p style='display: none'>b</p><svg><text>c</text></svg>d", "d"),
    ("<table><tr><td>a</td></tr><tr><td>b</td></tr></table>", "a\nb"),
    ('a <img alt="👍" src="https://x.example/1.png"><img alt="spy" src="https://x.example/2.png">', "a 👍"),
    ("<constructor>a</constructor> b", "a b"),
    (SHEET, "| **Fruit** | Price |\n| --- | --: |\n| Pear \\| green | 1.20 |\n| none |  |"),
    (DOCS, "**Strong** and *slanted*\n\n- one\n  - inner\n- two"),
]  # fmt: skip


@pytest.mark.parametrize(("html", "text"), PASTED, ids=range(len(PASTED)))
def test_rich_text_becomes_marks(run: Run, html: str, text: str) -> None:
    assert run("models/markup/rich_text.js", f"{RICH} return read(argument);", html) == text


def test_no_attack_runs_is_loaded_or_becomes_a_link(run: Run, empty_page: Page) -> None:
    """The page's policy reports nothing either: a document that is only read has no styles to refuse."""
    seen: list[str] = []
    empty_page.on("console", lambda message: seen.append(message.text))
    empty_page.on("request", lambda request: seen.append(request.url))

    def dismiss(dialog: Dialog) -> None:
        seen.append(dialog.message)
        dialog.dismiss()

    empty_page.on("dialog", dismiss)
    attacks = [f"<p>{attack}<b style='color: red'>b</b></p>" for attack in MARKUP]
    attacks += [f'<a href="{attack}">a</a><img src="{attack}"><b>b</b>' for attack in SCRIPTS]
    attacks += ["<div>" * 20_000 + "<b>b</b>", "<b><i>" * 3_000 + "b", "<table><tr><td>" * 500]
    body = f"""{RICH}
      const {{ parse }} = await import('/scripts/models/markup/blocks.js');
      const within = (node) => links(node.children ?? node.blocks ?? node.items ?? []);
      const links = (nodes) => nodes.flatMap((node) => [...(node.href ? [node.href] : []), ...within(node)]);
      return argument.map(read).flatMap((text) => links(parse(text)));"""
    found = run("models/markup/rich_text.js", body, attacks)
    assert [href for href in found if not href.startswith("https://x.example/")] == []
    assert [one for one in seen if "/scripts/" not in one] == []


def paste(page: Page, **data: str) -> None:
    """Let the message box get a paste; the browser's own pastes what the page leaves to it."""
    page.evaluate(
        """(data) => {
          const clipboardData = new DataTransfer();
          for (const [type, text] of Object.entries(data)) clipboardData.setData(`text/${type}`, text);
          const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData });
          const field = document.getElementById('message');
          if (field.dispatchEvent(event)) document.execCommand('insertText', false, data.plain);
        }""",
        data,
    )


def test_what_is_pasted_can_be_undone_and_shift_pastes_the_text(join_as: JoinAs) -> None:
    page = join_as("Ada")
    box: Any = page.get_by_role("textbox", name="Message")
    box.fill("see ")
    box.press("End")
    paste(page, html="<p>a <b>b</b></p>", plain="a b")
    expect(box).to_have_value("see a **b**")
    box.press("Control+z")
    expect(box).to_have_value("see ")
    box.dispatch_event("keydown", {"key": "V", "shiftKey": True})
    paste(page, html="<p>a <b>b</b></p>", plain="a b")
    expect(box).to_have_value("see a b")
    box.press("Control+a")
    paste(page, plain="https://example.org/x")
    expect(box).to_have_value("[see a b](https://example.org/x)")
