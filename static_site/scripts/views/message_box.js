import { byId } from "../lib/dom.js";
import { PlainField } from "./plain_field.js";

/**
 * Where a message is written. Whatever its field is, what is in it is a text with marks, and a place in it is an offset in that
 * text, in UTF-16 units.
 */
export class MessageBox {
  #form = byId("composer");
  #plain = new PlainField(byId("message"), this.#form);
  #field = this.#plain;
  #listeners = []; // [type, listener, options]

  get element() {
    return this.#field.element;
  }

  /** Another field, or null for that of plain text: it has what was written, the selection, the focus and who listens. */
  use(field) {
    const [from, to] = [this.#field, field ?? this.#plain];
    if (from === to) return;
    const { state, isFocused } = this;
    this.#field = to;
    to.element.hidden = false;
    to.element.setAttribute("aria-invalid", from.element.getAttribute("aria-invalid") ?? "false");
    to.set(state.text);
    for (const [type, listener, options] of this.#listeners) {
      from.element.removeEventListener(type, listener, options);
      to.element.addEventListener(type, listener, options);
    }
    to.recall(state);
    if (isFocused) to.focus();
    from.element.hidden = true;
    to.fit();
  }

  /** The text with its marks. */
  get value() {
    return this.#field.value;
  }

  /** The text and what is selected of it, `{text, start, end}`. */
  get state() {
    return this.#field.state;
  }

  /** The formats that are on where the selection is, of `FORMATS`. */
  get formats() {
    return this.#field.formats;
  }

  /** What is to be read where nothing is written. */
  set hint(words) {
    this.#plain.hint = words;
    this.#field.hint = words;
  }

  get isFocused() {
    return document.activeElement === this.element;
  }

  /** Another text, which no undo takes back: another draft, say. */
  set(text) {
    this.#field.set(text);
  }

  /** Another text and selection, `{text, start, end}`, as somebody would by typing: undo takes it back, and an `input` event says so. */
  put(state) {
    this.#field.put(state);
  }

  /** Something in the place of what is selected, or was: `{start, end}`. */
  insert(words, { start, end } = this.state) {
    const { value } = this;
    this.put({ text: value.slice(0, start) + words + value.slice(end), start: start + words.length });
  }

  focus() {
    this.#field.focus();
  }

  /** Makes the box as tall as its text. */
  fit() {
    this.#field.fit();
  }

  /** Puts a format on what is selected, or takes it away. */
  format(kind) {
    this.#field.format(kind);
  }

  /** Begins a new line that goes on with the list or quote in which the caret is; false if it is in none. */
  continueLine() {
    return this.#field.continueLine();
  }

  /** Listens to the field, as `addEventListener` does. */
  listen(type, listener, options) {
    this.#listeners.push([type, listener, options]);
    this.element.addEventListener(type, listener, options);
  }
}
