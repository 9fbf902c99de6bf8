"""The field that shows what is written as it will look."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.axe import faults

from .conftest import JoinAs
from .fake_server import FakeServer
from .test_text import MARKUP, SCRIPTS

# The field alone; what the page's policy refuses is noted, for browsers like to write styles.
MOUNT = """async () => {
  const modules = ["views/rich_box", "views/box_choice", "views/icons", "lib/dom", "lib/field", "lib/i18n"];
  const loaded = await Promise.all(modules.map((name) => import(`/scripts/${name}.js`)));
  const [{ RichBox }, { MARKUP, NAMING }, { icon }, { h }, { difference }, { t }] = loaded;
  window.refused = [];
  const note = ({ violatedDirective }) => window.refused.push(violatedDirective);
  document.addEventListener("securitypolicyviolation", note);
  window.form = h("form");
  const attributes = { id: "box", class: "message-formatted", "aria-label": "Box" };
  const page = { h, t, icon, markup: MARKUP, naming: NAMING, difference };
  form.append(h("div", { class: "composer-box" }));
  window.box = new RichBox({ form, attributes, ...page, keepsLines: () => true });
  form.className = "composer";
  form.lastChild.append(box.element);
  document.body.prepend(form);
}"""
# What nobody takes comes to the field as the browser would bring it.
PASTE = """(field, data) => {
  const clipboardData = new DataTransfer();
  for (const [type, text] of Object.entries(data)) clipboardData.setData(`text/${type}`, text);
  const about = { bubbles: true, cancelable: true };
  if (!field.dispatchEvent(new ClipboardEvent("paste", { ...about, clipboardData }))) return;
  const pasted = { ...about, inputType: "insertFromPaste", dataTransfer: clipboardData };
  field.dispatchEvent(new InputEvent("beforeinput", pasted));
}"""
ALLOWED = {"div", "ul", "ol", "li", "blockquote", "pre", "b", "i", "s", "font", "a", "br"}
ALLOWED |= {"table", "tbody", "tr", "td", "data-align"}
ALLOWED |= {"dir", "start", "face", "href", "data-language", "data-guard", "https:", "http:", "mailto:"}
STYLED = "[...document.querySelectorAll('#box [style], #box span')].length"


@pytest.fixture(scope="module")
def mounted(empty_page: Page) -> Page:
    empty_page.evaluate(MOUNT)
    return empty_page


@pytest.fixture
def box(mounted: Page) -> Locator:
    mounted.evaluate("window.refused = []; box.set('')")
    field = mounted.locator("#box")
    field.focus()
    return field


def written(box: Locator) -> Any:
    return box.evaluate("box.value")


def keys(box: Locator, *pressed: str) -> None:
    for key in pressed:
        box.press(key)


def expect_clean(box: Locator) -> None:
    assert box.evaluate("window.refused") == []
    assert box.evaluate(STYLED) == 0


def test_marks_that_are_typed_become_what_they_mean_and_undo_takes_back_each_step(box: Locator) -> None:
    box.press_sequentially("now **and** then")
    expect(box.locator("b")).to_have_text("and")
    assert written(box) == "now **and** then"
    keys(box, "Control+Shift+ArrowLeft")
    box.evaluate("box.format('emphasis')")
    assert written(box) == "now **and** *then*"
    keys(box, "Control+z")
    assert written(box) == "now **and** then"
    keys(box, "Control+Shift+z")
    assert written(box) == "now **and** *then*"
    for _ in range(30):
        if written(box) == "":
            break
        keys(box, "Control+z")
    assert written(box) == ""
    expect_clean(box)


def test_lists_quotes_and_code_are_begun_gone_on_with_and_left(box: Locator) -> None:
    box.press_sequentially("- *one*")
    expect(box.locator("li i")).to_have_text("one")
    keys(box, "Enter")
    box.press_sequentially("two")
    keys(box, "Shift+Enter")
    box.press_sequentially("- inner")
    assert written(box) == "- *one*\n- two\n  - inner"
    keys(box, "Enter", "Enter", "Enter")
    box.press_sequentially("> said")
    keys(box, "Enter")
    box.press_sequentially("again")
    keys(box, "Enter", "Enter")
    box.press_sequentially("```x")
    keys(box, "Enter")
    box.press_sequentially("  *y*")
    keys(box, "Enter", "Enter")
    box.press_sequentially("end")
    assert written(box) == "- *one*\n- two\n  - inner\n> said\n> again\n```\nx\n  *y*\n```\nend"
    expect(box.locator("li li")).to_have_text("inner")
    expect(box.locator("blockquote div")).to_have_text(["said", "again"])
    expect(box.locator("pre")).to_have_text("x  *y*")
    assert box.evaluate("box.formats") == []
    expect_clean(box)


def test_lines_are_joined_and_taken_out_without_a_style(box: Locator) -> None:
    """Browsers join lines of different kinds with styles, which the policy refuses."""
    box.evaluate("box.set('a **b** \\n> c\\n\\n```\\nd\\n```\\n1. e\\n2. f')")
    keys(box, "Home", "Backspace")
    assert written(box) == "a **b** \n> c\n\n```\nd\n```\n1. e\nf"
    keys(box, "Backspace")
    assert written(box) == "a **b** \n> c\n\n```\nd\n```\n1. ef"
    keys(box, "Control+Home", "ArrowDown", "Home", "Backspace")
    assert written(box) == "a **b** \nc\n\n```\nd\n```\n1. ef"
    keys(box, "Backspace", "End", "Delete", "Delete")
    assert written(box) == "a **b** cd\n1. ef"
    keys(box, "Control+a")
    box.press_sequentially("x")
    assert written(box) == "x"
    keys(box, "Control+z")
    assert written(box) == "a **b** cd\n1. ef"
    box.evaluate("box.put({ text: '***a*** `b` c', start: 3, end: 10 })")
    box.press_sequentially("yz")
    assert written(box) == "***yz*** c"
    keys(box, "Control+a", "Delete")
    assert written(box) == ""
    expect(box.locator(":is(ol, pre, blockquote)")).to_have_count(0)
    expect_clean(box)


def test_a_part_of_a_word_is_bold_and_no_part_is_italic(box: Locator) -> None:
    box.press_sequentially("unbelievable")
    keys(box, "Home", *["ArrowRight"] * 2, *["Shift+ArrowRight"] * 6)
    box.evaluate("box.format('strong')")
    assert written(box) == "un**believ**able"
    box.evaluate("box.format('struck')")
    assert written(box) == "un**~~believ~~**able"
    box.evaluate("box.format('struck')")
    box.evaluate("box.format('emphasis')")
    assert written(box) == "*un**believ**able*"
    keys(box, "End")
    box.evaluate("box.format('emphasis')")
    box.press_sequentially(" so ")
    box.evaluate("box.format('emphasis')")
    box.press_sequentially("half")
    box.evaluate("box.format('emphasis')")
    box.press_sequentially("way")
    expect(box.locator("i").last).to_have_text("half")
    box.press_sequentially(" there")
    expect(box.locator("i")).to_have_text(["un", "believ", "able"])
    assert written(box) == "*un**believ**able* so halfway there"
    expect_clean(box)


def test_the_marks_of_what_is_typed_next_are_those_that_were_pressed(box: Locator) -> None:
    for words, kind in (
        ("a ", "strong"),
        ("b ", "emphasis"),
        ("c", "strong"),
        (" d", "emphasis"),
        (" e ", "code"),
    ):
        box.press_sequentially(words)
        box.evaluate("(_, kind) => box.format(kind)", kind)
    box.press_sequentially("f g")
    assert box.evaluate("box.formats") == ["code"]
    expect(box.locator("b")).to_have_text(["b ", "c"])
    expect(box.locator("font")).to_have_text("f g")
    assert written(box) == "a **b *c*** *d* e `f g`"
    expect_clean(box)


def test_a_link_shows_its_words_and_its_address_is_written_and_removed_beside(
    mounted: Page, box: Locator
) -> None:
    box.press_sequentially("see the docs")
    keys(box, "Control+Shift+ArrowLeft")
    box.evaluate("box.format('link')")
    group = mounted.get_by_role("group", name="Link")
    address, words = group.get_by_label("Address"), group.get_by_label("Words")
    expect(address).to_be_focused()
    expect(words).to_have_value("docs")
    address.fill("javascript:alert(1)")
    address.press("Enter")
    expect(group.get_by_role("alert")).to_contain_text("begins with https://")
    expect(address).to_have_attribute("aria-invalid", "true")
    address.fill("docs.example/a_(b)")
    address.press("Enter")
    expect(box).to_be_focused()
    box.press_sequentially(" now")
    assert written(box) == "see the [docs](https://docs.example/a_%28b%29) now"
    expect(box).to_have_text("see the docs now")
    expect(group).to_be_hidden()
    keys(box, *["ArrowLeft"] * 5)
    expect(group).to_contain_text("https://docs.example/a_%28b%29")
    group.get_by_role("button", name="Change the link").click()
    words.fill("[manual] https://other.example")
    group.get_by_role("button", name="Apply").click()
    expect(group.get_by_role("alert")).to_contain_text("another address")
    words.fill("[manual]")
    words.press("Enter")
    assert written(box) == "see the [(manual)](https://docs.example/a_%28b%29) now"
    keys(box, "ArrowLeft")
    box.evaluate("box.format('link')")
    words.fill("left")
    words.press("Escape")
    expect(box).to_be_focused()
    group.get_by_role("button", name="Remove the link").click()
    assert written(box) == "see the (manual) now"
    keys(box, "Control+z", "Control+z")
    assert written(box) == "see the [docs](https://docs.example/a_%28b%29) now"
    box.evaluate("box.set('')")
    box.evaluate("box.format('link')")
    address.fill("ada@example.org")
    address.press("Enter")
    box.press_sequentially(" or [x](https://e.example)")
    assert written(box) == "[ada@example.org](mailto:ada@example.org) or [x](https://e.example)"
    expect(box).to_have_text("ada@example.org or x")
    expect_clean(box)


def test_a_table_is_typed_into_cell_by_cell_and_written_as_one(mounted: Page, box: Locator) -> None:
    box.press_sequentially("| a | b |")
    keys(box, "Shift+Enter")
    box.press_sequentially("| :-- | --: |")
    keys(box, "Shift+Enter")
    expect(box.locator("td")).to_have_text(["a", "b", "", ""])
    box.press_sequentially("x|y")
    keys(box, "Tab")
    box.press_sequentially("*i* - ")
    keys(box, "Tab")
    box.press_sequentially("> q")
    keys(box, "Shift+Tab", "Shift+Tab", "Shift+Tab")
    box.press_sequentially("B")
    keys(box, "Enter", "Enter", "Enter")
    box.press_sequentially("end")
    expect(box.locator("i")).to_have_text("i")
    assert written(box) == "| a | B |\n| :-- | --: |\n| x\\|y | *i* -  |\n| > q |  |\nend"
    tools = mounted.get_by_role("group", name="Table")
    expect(tools).to_be_hidden()
    keys(box, "Home", "Backspace", "Backspace")
    expect(tools).to_be_visible()
    assert written(box) == "| a | B |\n| :-- | --: |\n| x\\|y | *i* -  |\n| > q |  |\nend"
    for name in ("Column before", "Row above", "Remove the row", "Remove the column"):
        tools.get_by_role("button", name=name).click()
    assert written(box) == "| a | B |\n| :-- | --: |\n| x\\|y | *i* -  |\n| > q |  |\nend"
    keys(box, *["Control+z"] * 4, *["Control+Shift+z"] * 4)
    box.locator("td").nth(4).click()
    keys(box, "Home")
    box.evaluate(PASTE, {"plain": "1|2\n3"})
    assert "| 1\\|2 3> q |  |" in written(box)
    keys(box, "Control+a")
    keys(box, "Shift+ArrowLeft", "Shift+ArrowLeft", "Shift+ArrowLeft", "Shift+ArrowLeft", "Delete")
    assert written(box) == "|  |  |\n| :-- | --: |\n|  |  |\n|  |  |\nend"
    keys(box, "Backspace")
    assert written(box) == "\nend"
    expect_clean(box)


def test_no_caret_is_between_a_table_and_what_is_below(box: Locator) -> None:
    box.evaluate("box.set('| a |\\n| --- |\\n|  |\\nend')")
    box.locator("td").last.click()
    keys(box, "ArrowRight")
    box.evaluate("() => new Promise((resolve) => setTimeout(resolve))")  # `selectionchange` comes with a task
    keys(box, "Delete")
    assert written(box) == "| a |\n| --- |\n|  |\nnd"
    keys(box, "Control+Home", "ArrowUp")
    box.press_sequentially("x")
    assert written(box) == "x\n| a |\n| --- |\n|  |\nnd"
    expect_clean(box)


def test_what_is_pasted_or_dropped_comes_as_text_and_what_is_copied_has_marks(box: Locator) -> None:
    box.evaluate("box.set('- a **b**\\n- c')")
    keys(box, "Control+a", "Control+c", "Delete", "Control+v")
    assert written(box) == "- a **b**\n- c"
    keys(box, "Control+a", "Control+x")
    assert written(box) == ""
    box.evaluate(PASTE, {"html": "<b style='color: red' onclick='x()'>rich</b>", "plain": "just text"})
    assert written(box) == "just text"
    expect_clean(box)


def test_no_attack_becomes_an_element_or_runs(box: Locator) -> None:
    links = [f"[a]({attack}) [b](https://x.example/{attack})" for attack in SCRIPTS]
    found = box.evaluate(
        """(field, attacks) => attacks.flatMap((attack) => {
          const code = "`".repeat(3);
          const table = [`| ${attack} |`, "| :-: |", ""];
          const list = [`- **${attack}**`, `- ${attack}`, ""];
          const lines = [...table, ...list, `> \\`${attack}\\``, "", `${code}js`, attack];
          box.put({ text: lines.join("\\n"), start: 0 });
          box.put({ text: attack, start: 0 });
          return [...field.querySelectorAll("*")].flatMap((one) => [one.localName, ...one.getAttributeNames(),
            ...(one.href ? [new URL(one.href).protocol] : [])]);
        })""",
        [*MARKUP, *SCRIPTS, *links, '"><b onclick=x()>', "&lt;b&gt; &amp;"],
    )
    assert set(found) <= ALLOWED
    assert written(box) == "&lt;b&gt; &amp;"
    expect(box).to_have_text("&lt;b&gt; &amp;")
    expect_clean(box)


def test_what_was_there_before_another_text_is_nothing_that_undo_brings_back(box: Locator) -> None:
    box.press_sequentially("- secret")
    box.evaluate("box.format('strong')")
    box.press_sequentially(" **b**")
    box.evaluate("box.set('other')")
    keys(box, *["Control+z"] * 6, *["Control+Shift+z"] * 3)
    assert written(box) == "other"
    box.press_sequentially(" *x*")
    keys(box, "Control+z")
    assert written(box).startswith("other")
    expect_clean(box)


def test_the_box_shows_formatting_once_it_is_wanted_and_carries_what_was_written(
    join_as: JoinAs, server: FakeServer
) -> None:
    server.people = [{"id": "u-grace", "name": "Grace"}]
    server.say("Grace", "shall we?")
    requested: list[str] = []
    page = join_as("Ada")
    page.on("request", lambda request: requested.append(request.url))
    field = page.get_by_role("textbox", name="Message")
    field.fill("- one **a**\n- two")
    page.get_by_role("button", name="Format text").click()
    choice = page.get_by_role("button", name="Show formatting while writing")
    field.evaluate("(box) => box.setSelectionRange(11, 11)")
    assert not any("rich" in url for url in requested)
    choice.click()
    expect(choice).to_have_attribute("aria-pressed", "true")
    rich = page.locator("#message-formatted")
    expect(rich).to_be_focused()
    expect(field).to_have_count(1)
    expect(page.get_by_role("button", name="Bold")).to_have_attribute("aria-pressed", "false")
    page.keyboard.type("!")
    expect(rich.locator("li")).to_have_text(["one a!", "two"])
    page.keyboard.press("Enter")
    page.keyboard.type("hi? @gr")
    expect(page.get_by_role("option")).to_have_count(1)
    expect(rich).to_have_attribute("aria-activedescendant", re.compile("completion"))
    page.keyboard.press("Enter")
    expect(rich.locator("li")).to_have_text(["one a!", "hi? @Grace ", "two"])
    page.keyboard.press("Control+Enter")
    expect(page.locator("article[data-own][data-state=stored] li strong")).to_have_text("a")
    assert server.frames("send")[0]["text"] == "- one **a**!\n- hi? @Grace\n- two"
    expect(rich).to_have_text("")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#composer-edit")).to_be_visible()
    expect(rich.locator("b")).to_have_text("a")
    page.get_by_role("button", name="Cancel").first.click()
    page.keyboard.type("a *draft*")
    expect(rich.locator("i")).to_have_text("draft")
    page.reload()
    expect(rich.locator("i")).to_have_text("draft")
    page.locator("#settings-open").click()
    page.get_by_role("group", name="Writing messages").get_by_text("With marks").click()
    page.keyboard.press("Escape")
    expect(page.locator("#message")).to_have_value("a *draft*")


def test_a_paste_and_a_long_text_come_to_the_box_that_formats(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada", viewport={"width": 360, "height": 640}, color_scheme="dark")
    page.evaluate("localStorage.setItem('undertone.writing', JSON.stringify('formatted'))")
    page.reload()
    rich = page.locator("#message-formatted")
    rich.focus()
    page.keyboard.type("see ")
    rich.evaluate(PASTE, {"html": "<p>a <b>b</b> <i>c</i></p>", "plain": "a b c"})
    expect(rich.locator("b")).to_have_text("b")
    page.keyboard.press("Control+z")
    expect(rich).to_have_text("see ")
    page.keyboard.press("Control+a")
    rich.evaluate(PASTE, {"plain": "https://example.org/a"})
    expect(rich.locator("a")).to_have_text("see ")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Control+k")
    expect(page.get_by_label("Address", exact=True)).to_have_value("https://example.org/a")
    expect(page.get_by_role("button", name="Remove the link")).to_be_visible()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+t")
    page.get_by_role("button", name="Table", exact=True).click()
    expect(rich.locator("td").first).to_have_text("Column 1")
    expect(page.get_by_role("button", name="Row below")).to_be_visible()
    expect(page.get_by_role("button", name="Table", exact=True)).to_be_disabled()
    assert faults(page) == []
    page.keyboard.press("Control+a")
    rich.evaluate(PASTE, {"plain": ("- word" + " and" * 18 + "\n") * 52})
    expect(rich.locator("li")).to_have_count(52)
    expect(page.get_by_role("button", name="Make it a file")).to_be_visible()
    assert rich.evaluate("(box) => box.scrollTop + box.clientHeight > box.scrollHeight - 20")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults(page) == []
