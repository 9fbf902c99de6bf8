"""What people write, as elements of the page: nothing beyond a short list, and long messages fold."""

from typing import Any

from playwright.sync_api import Dialog, Page, expect

from .conftest import JoinAs
from .fake_server import FakeServer

# What the text of a message may consist of, with the attributes that each may have.
ALLOWED = {
    "DIV": {"class", "dir", "data-folded", "tabindex", "role", "aria-label"},
    "H2": {"dir", "data-level"},
    "TABLE": set(),
    "THEAD": set(),
    "TBODY": set(),
    "TR": set(),
    "TH": {"scope", "data-align"},
    "TD": {"data-align", "colspan"},
    "P": {"dir"},
    "EM": set(),
    "STRONG": set(),
    "S": set(),
    "SPAN": {"class", "dir", "aria-hidden"},
    "MARK": {"class"},
    "BDI": set(),
    "A": {"href", "target", "rel", "dir", "title", "tabindex"},
    "CODE": {"dir"},
    "PRE": {"tabindex", "role", "aria-label"},
    "BUTTON": {"class", "type", "tabindex"},
    "BLOCKQUOTE": {"dir"},
    "UL": {"dir"},
    "OL": {"dir"},
    "LI": {"value"},
}
ELEMENTS = """() => [...document.querySelectorAll('.message-text, .message-text *')].map((one) =>
  [one.tagName, [...one.attributes].map(({ name }) => name)])"""
LINKS = """() => [...document.querySelectorAll('.message-text a')].map((one) =>
  [one.protocol, one.rel, one.target])"""
SCRIPTS = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)",
    "\x01javascript:alert(1)", "&#106;&#97;vascript:alert(1)", "javascript&colon;alert(1)",
    "%6aavascript:alert(1)", "javascript://x.example/%0aalert(1)", "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>", "data:image/svg+xml;base64,PHN2Zy8+",
    "blob:https://x.example/1", "https://x.example/'onmouseover='alert(1)",
    'https://x.example/"onmouseover="alert(1)', "https://x.example/><img src=x onerror=alert(1)>",
]  # fmt: skip
MARKUP = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>", '<iframe srcdoc="<script>alert(1)</script>">',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", "<a href=javascript:alert(1)>x</a>",
    "<details open ontoggle=alert(1)>", "<input autofocus onfocus=alert(1)>", "<base href=//x.example>",
    "<meta http-equiv=refresh content=0;url=javascript:alert(1)>",
    "<form action=javascript:alert(1)><button>", "<b", "</div></article>", "<!--",
    "<template><img src=x onerror=alert(1)></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "{{constructor}}",
]  # fmt: skip
FRAMES = [
    "{}", "**{}**", "*{}*", "~~{}~~", "`{}`", "```\n{}\n```", "```html\n{}\n```", "```{}\nx\n```",
    "> {}\n> > {}", "- {}\n- {}\n  1. {}", "[{}](https://x.example)", "[[{}]](https://x.example)",
    "# {}", "| {} | b |\n| :-: | --- |\n| {} |",
]  # fmt: skip
LINKED = [
    "{}",
    "[x]({})",
    "![x]({})",
    "[x](<{}>)",
    '[x]({} "t")',
    "[[x]({})]({})",
    "[x]\n\n[x]: {}",
    "<{}>",
    "[`x`]({})",
    "**[x]({})**",
]
TURNED = "\u202egnp.exe\u202c \u2066x\u2069 \u200f"


def attacks() -> list[str]:
    """Each attack in each of its frames, in few messages."""
    texts = ["\n\n".join(frame.replace("{}", attack) for frame in FRAMES) for attack in MARKUP]
    texts += ["\n\n".join(frame.replace("{}", attack) for frame in LINKED) for attack in SCRIPTS]
    return [
        *texts,
        "\n\n".join(frame.replace("{}", TURNED) for frame in [*FRAMES, *LINKED]),
        "[" * 2_000 + "](" * 900,
    ]


def said(server: FakeServer, texts: list[str], **fields: Any) -> None:
    for text in texts:
        server.say("Grace", text, **fields)


def shown(page: Page, text: str) -> Any:
    return page.get_by_role("article").filter(has_text=text).locator(".message-text")


def test_nothing_that_people_write_becomes_markup(join_as: JoinAs, server: FakeServer) -> None:
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page = join_as("Ada")
    page.on("dialog", dismiss)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    texts = attacks()
    people = [
        {"id": "u-1", "name": "<img src=x onerror=alert(1)>"},
        {"id": "u-2", "name": "*\u202e](javascript:"},
    ]
    said(server, [*texts, "@[u-1] @[u-2] @<img src=x onerror=alert(1)>"], mentions=people)
    expect(page.get_by_role("article")).to_have_count(len(texts) + 1)
    elements = page.evaluate(ELEMENTS)
    assert {tag for tag, _ in elements} <= set(ALLOWED)
    assert [tag for tag, attributes in elements if not set(attributes) <= ALLOWED[tag]] == []
    links = page.evaluate(LINKS)
    assert links
    assert {tuple(link) for link in links} == {("https:", "noopener noreferrer nofollow", "_blank")}
    for code in page.locator(".message-text code").all_inner_texts():
        assert not set(code) & set(TURNED) - set(" x.gnpe"), "code is turned around"
    assert dialogs == []
    assert [url for url in asked if not url.startswith((server.url, server.url.replace("http", "ws")))] == []


def test_text_is_shown_as_it_is_meant_and_code_is_copied_with_its_indent(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada", still=True, permissions=["clipboard-read", "clipboard-write"])
    code = "    if x:  # \u202e\n\treturn 'y'"
    people = [{"id": "u-ada", "name": "Ada"}, {"id": "u-linus", "name": "Linus"}]
    server.say("Grace", f"for @[u-ada] and @Linus, not @[u-eve]\n```py\n{code}\n```", mentions=people)
    text = page.locator(".message-text")
    expect(text.locator("mark")).to_have_text("@Ada (you)")
    expect(text.locator("span.mention")).to_have_text("@Linus")
    expect(text.locator("p")).to_contain_text("not @[u-eve]")
    expect(text.locator(".code-keyword")).to_have_text(["if", "return"])
    expect(text.get_by_role("group", name="Code, py")).to_contain_text("U+202E")
    text.get_by_role("button", name="Copy code").click()
    expect(text.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == code
    server.say(
        "Linus", "**one** *two*\n> three\n- four\n- five\n\n7. six\n8. seven\n[here](https://example.org/a)"
    )
    text = shown(page, "seven")
    expect(text.locator("strong, em, blockquote")).to_have_text(["one", "two", "three"])
    expect(text.get_by_role("listitem")).to_have_text(["four", "five", "six", "seven"])
    assert text.locator("li").evaluate_all("all => all.map(({ value }) => value)")[2:] == [7, 0]
    expect(text.get_by_role("link", name="here (example.org)")).to_have_attribute(
        "href", "https://example.org/a"
    )
    server.say("Linus", "- שלום\n- عالم")
    expect(shown(page, "שלום").locator("ul")).to_have_css("direction", "rtl")


def test_the_clipboard_may_be_missing_then_the_code_is_selected(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada", still=True)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    server.say("Grace", "```\n  a\n    b\n```")
    page.get_by_role("button", name="Copy code").click()
    expect(page.get_by_role("button", name="Selected")).to_be_visible()
    assert page.evaluate("getSelection().toString()") == "  a\n    b"


def test_a_long_message_folds_and_the_log_stays_where_it_is(join_as: JoinAs, server: FakeServer) -> None:
    said(server, ["short"] * 15)
    long = server.say("Grace", "\n".join(f"line {n}" for n in range(1, 61)) + " https://example.org/end")
    page = join_as("Ada")
    text = shown(page, "line 60")
    unfold = page.get_by_role("button", name="Show all")
    expect(page.get_by_role("button", name="Show")).to_have_count(1)
    expect(unfold).to_have_attribute("aria-expanded", "false")
    folded = text.bounding_box()
    unfold.focus()
    page.keyboard.press("Enter")
    less = page.get_by_role("button", name="Show less")
    expect(less).to_be_focused()
    expect(less).to_have_attribute("aria-expanded", "true")
    unfolded = text.bounding_box()
    assert folded is not None
    assert unfolded is not None
    assert abs(unfolded["y"] - folded["y"]) < 2
    assert unfolded["height"] > 2 * folded["height"]
    server.change(long["seq"], reactions={"👍": 1})
    expect(page.get_by_role("button", name="👍 1")).to_be_attached()
    expect(less).to_have_attribute("aria-expanded", "true")
    less.scroll_into_view_if_needed()
    before = less.bounding_box()
    less.click()
    after = unfold.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 2
    text.get_by_role("link").focus()  # what is sought in a folded message unfolds it
    expect(less).to_be_visible()
    expect(text.get_by_role("link")).to_be_in_viewport()


def test_tab_leaves_the_box_and_pasted_code_keeps_its_indent(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada")
    box = page.get_by_role("textbox", name="Message")
    box.fill("    def f():\n\treturn 1\n")
    page.keyboard.press("Tab")
    expect(box).not_to_be_focused()
    box.press("Enter")
    server.wait_for(lambda: server.frames("send"), "the message is sent")
    assert server.frames("send")[0]["text"] == "    def f():\n\treturn 1"
    expect(page.locator(".message-text p")).to_have_text("    def f():\n\treturn 1", use_inner_text=True)


def test_the_question_before_deleting_quotes_without_marks(join_as: JoinAs) -> None:
    page = join_as("Ada")
    page.get_by_role("textbox", name="Message").fill("**one** `two`")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="React or change").click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(page.locator("#delete-text")).to_have_text("one two")
