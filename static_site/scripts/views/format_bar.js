import { byId, h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { FORMATS } from "../models/formatting.js";
import { withTable } from "../models/new_table.js";
import { icon } from "./icons.js";

const KEPT = "tools";
const IS_MAC = /Mac|iP(?:hone|ad)/.test(navigator.platform);

/** The toolbar of the message box: puts marks on what is selected, or takes them away, also by keys. Whether it is shown is kept. */
export class FormatBar {
  #box;
  #bar = byId("composer-tools");
  #opener = byId("composer-format");
  #buttons = new Map(); // format -> button
  #table;
  #store;
  #preview;

  /** `choice` is a `BoxChoice`; `preview` has `toggle()`, which returns whether it is shown. */
  constructor({ box, choice, store, preview }) {
    this.#box = box;
    this.#store = store;
    this.#preview = preview;
    for (const [kind, keys] of Object.entries(FORMATS)) this.#buttons.set(kind, this.#button(kind, t(`format.${kind}`), keys, () => this.#put(kind)));
    this.#table = this.#button("table", t("format.table"), null, () => this.#putTable());
    this.#table.removeAttribute("aria-pressed"); // it is put in, and not taken away
    const look = this.#button("eye", t("format.preview"), null, () => this.#look(look));
    const rich = this.#button("rich", t("format.rich"), null, async () => {
      await choice.toggle();
      box.focus();
    });
    choice.on("change", () => {
      rich.setAttribute("aria-pressed", String(choice.isFormatted));
      this.#bar.setAttribute("aria-controls", box.element.id);
      this.#refresh();
    });
    this.#bar.append(...this.#buttons.values(), this.#table, rich, h("span", { class: "composer-tools-gap" }), look);
    this.#bar.querySelector("button").tabIndex = 0;
    this.#bar.addEventListener("keydown", (event) => this.#move(event));
    this.#bar.addEventListener("mousedown", (event) => event.preventDefault()); // the focus and the selection stay in the box
    this.#opener.append(icon("format"));
    this.#opener.addEventListener("click", () => this.#show(this.#bar.hidden));
    this.#bar.addEventListener("keydown", (event) => this.#key(event, look));
    box.listen("keydown", (event) => this.#key(event, look));
    box.listen("input", () => this.#refresh());
    document.addEventListener("selectionchange", () => box.isFocused && this.#refresh());
    this.#show(store.get(KEPT, false));
  }

  #show(shown) {
    this.#bar.hidden = !shown;
    this.#opener.setAttribute("aria-expanded", String(shown));
    byId("composer").toggleAttribute("data-tools", shown);
    if (shown !== this.#store.get(KEPT, false)) this.#store.set(KEPT, shown);
    this.#refresh();
  }

  #refresh() {
    if (this.#bar.hidden) return;
    const on = this.#box.formats;
    for (const [kind, button] of this.#buttons) button.setAttribute("aria-pressed", String(on.includes(kind)));
    this.#table.setAttribute("aria-disabled", String(on.includes("table"))); // none within another
  }

  #put(kind) {
    this.#box.format(kind);
    this.#refresh();
  }

  #putTable() {
    if (!this.#box.formats.includes("table")) this.#box.put(withTable(this.#box.state, (number) => t("format.table.column", { number })));
  }

  #look(button) {
    button.setAttribute("aria-pressed", String(this.#preview.toggle()));
  }

  /** A key of a format, of the bar or of the preview; Shift and Enter go on with a list. What an input method has is left alone. */
  #key(event, look) {
    const { key, code, altKey, shiftKey, isComposing } = event;
    if (isComposing || event.keyCode === 229) return;
    const command = IS_MAC ? event.metaKey : event.ctrlKey; // on a Mac, Ctrl moves the caret
    if (altKey && !command && code === "KeyT") this.#show(this.#bar.hidden);
    else if (altKey && !command && code === "KeyP") this.#look(look);
    else if (command && !altKey && this.#formatOf(event)) this.#put(this.#formatOf(event));
    else if (key !== "Enter" || !shiftKey || command || !this.#box.isFocused || !this.#box.continueLine()) return;
    event.preventDefault();
  }

  /** Letters are those that are written on the keys, where they are Latin ones; digits, where Shift makes them signs, by their place. */
  #formatOf({ key, code, shiftKey }) {
    const sign = /^[a-z]$/i.test(key) ? key.toUpperCase() : code.replace(/^(?:Key|Digit)/, "");
    return Object.keys(FORMATS).find((kind) => FORMATS[kind] === (shiftKey ? "+" : "") + sign);
  }

  #button(name, words, keys, press) {
    const shift = keys?.startsWith("+");
    const names = keys && [t(IS_MAC ? "key.command" : "key.ctrl"), shift && t("key.shift"), keys.replace("+", "")].filter(Boolean).join(" + ");
    const shortcut = keys && `${IS_MAC ? "Meta" : "Control"}+${shift ? "Shift+" : ""}${keys.replace("+", "")}`;
    const attributes = { class: "icon-button", type: "button", tabindex: "-1", "aria-pressed": "false", "aria-label": words, title: names ? t("format.tip", { format: words, keys: names }) : words, "aria-keyshortcuts": shortcut };
    return h("button", { ...attributes, "data-format": name, click: press }, icon(name));
  }

  /** One stop of Tab for all; arrow keys move within, as in any toolbar. */
  #move({ key, target }) {
    const all = [...this.#bar.querySelectorAll("button")];
    const rightToLeft = document.documentElement.dir === "rtl";
    const step = { ArrowRight: rightToLeft ? -1 : 1, ArrowLeft: rightToLeft ? 1 : -1 }[key];
    const next = { Home: all[0], End: all.at(-1) }[key] ?? (step && all.at((all.indexOf(target) + step) % all.length));
    if (!next) return;
    for (const button of all) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  }
}
