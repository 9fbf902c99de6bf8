"""The field that formats, alone in a page, and what tests do with it."""

from typing import Any

from playwright.sync_api import Locator

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


def written(box: Locator) -> Any:
    return box.evaluate("box.value")


def keys(box: Locator, *pressed: str) -> None:
    for key in pressed:
        box.press(key)


def expect_clean(box: Locator) -> None:
    assert box.evaluate("window.refused") == []
    assert box.evaluate(STYLED) == 0
