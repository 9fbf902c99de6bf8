"""The field that shows what is written as it will look."""

import pytest
from playwright.sync_api import Locator, Page, expect

from .rich_field import ALLOWED, MOUNT, PASTE, expect_clean, keys, written
from .test_text import MARKUP, SCRIPTS


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
