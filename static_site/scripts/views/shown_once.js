import { toClipboard } from "../lib/clipboard.js";
import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

/** Shows something this once, the link of an invite or a secret, in a field with a button that copies it. */
export class ShownOnce {
  #field;
  #copy = h("button", { class: "button button-small button-primary", type: "button" }, t("copy"));
  #row;
  #note = h("p", { class: "field-help", role: "status" });

  /** `name` is what screen readers call the field. */
  constructor(name) {
    this.#field = h("input", { type: "text", readonly: true, dir: "ltr", "aria-label": name, spellcheck: "false" });
    this.#row = h("div", { class: "once", hidden: true }, this.#field, this.#copy);
    this.#copy.addEventListener("click", () => this.#copyIt());
  }

  get elements() {
    return [this.#row, this.#note];
  }

  /** Shows a `value`, with `words` about it. */
  show(value, words) {
    this.#field.value = value;
    this.#row.hidden = false;
    this.#note.textContent = words;
    this.#copy.focus();
  }

  /** Nothing of it stays in the document. */
  clear() {
    this.#field.value = "";
    this.#row.hidden = true;
    this.#note.textContent = "";
  }

  /** Copies it, or selects it for who copies it by hand. */
  async #copyIt() {
    const copied = await toClipboard(this.#field.value);
    if (!copied) {
      this.#field.focus();
      this.#field.select();
    }
    this.#note.textContent = t(copied ? "copied.sentence" : "copy.selected");
  }
}
