import { byId, h } from "../lib/dom.js";
import { paintAvatar } from "./avatar.js";

/** The list above the message box that completes names and emoji: arrow keys choose, Enter and Tab take, Escape closes. */
export class CompletionView {
  #field = byId("message");
  #list = byId("completion");
  #suggestions;
  #room;
  #mentions;

  /** `room()` is the open room; `mentions()` says whether what is written can mention people. */
  constructor({ suggestions, room, mentions }) {
    this.#suggestions = suggestions;
    this.#room = room;
    this.#mentions = mentions;
    suggestions.on("change", () => this.#show());
    this.#field.addEventListener("input", (event) => this.#typed(event));
    this.#field.addEventListener("keydown", (event) => this.#key(event), { capture: true }); // before Enter sends
    this.#field.addEventListener("blur", () => suggestions.close());
    document.addEventListener("selectionchange", () => document.activeElement === this.#field && this.#isOpen && this.#look());
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the box
    this.#list.addEventListener("click", ({ target }) => this.#take(target.closest("li")));
  }

  get #isOpen() {
    return this.#suggestions.list.length > 0;
  }

  #typed(event) {
    if (event.isComposing) return;
    this.#look();
    if (event.data === ":") this.#close();
  }

  #look() {
    const { value: text, selectionStart: caret, selectionEnd: caretEnd } = this.#field;
    this.#suggestions.typed(this.#room(), { text, caret, caretEnd, mentions: this.#mentions() });
  }

  /** A second colon turns a whole `:name:` into its emoji, unless something else was typed meanwhile. */
  async #close() {
    const { value, selectionStart } = this.#field;
    const changed = await this.#suggestions.closed(value, selectionStart);
    if (changed && this.#field.value === value) this.#put(changed);
  }

  #key(event) {
    if (!this.#isOpen || event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
    const { key, shiftKey } = event;
    if (key === "ArrowDown" || key === "ArrowUp") this.#suggestions.move(key === "ArrowDown" ? 1 : -1);
    else if ((key === "Enter" || key === "Tab") && !shiftKey) this.#put(this.#suggestions.take(this.#field.value));
    else if (key === "Escape") this.#suggestions.close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  #take(option) {
    const choice = option && this.#suggestions.list[Number(option.dataset.index)];
    if (choice) this.#put(this.#suggestions.take(this.#field.value, choice));
  }

  #put({ text, caret }) {
    this.#field.value = text;
    this.#field.setSelectionRange(caret, caret);
    this.#field.dispatchEvent(new Event("input", { bubbles: true }));
    this.#field.focus();
  }

  #show() {
    const { list, active } = this.#suggestions;
    const options = list.map((choice, index) => option(choice, index, index === active));
    this.#list.replaceChildren(...options);
    this.#list.hidden = options.length === 0;
    this.#field.toggleAttribute("data-completing", options.length > 0);
    if (options.length === 0) this.#field.removeAttribute("aria-activedescendant");
    else this.#field.setAttribute("aria-activedescendant", options[active].id);
    options[active]?.scrollIntoView({ block: "nearest" });
  }
}

function option({ user, emoji, sign = emoji, label, detail }, index, selected) {
  const picture = h("span", { class: sign ? "completion-emoji" : "avatar", "aria-hidden": "true" }, sign ?? null);
  if (user?.id.startsWith("@")) picture.textContent = "@";
  else if (user) paintAvatar(picture, user, { listed: true });
  const words = [h("bdi", {}, label), detail && h("span", { class: "completion-detail" }, detail)];
  return h("li", { id: `completion-${index}`, class: "picker-option", role: "option", "aria-selected": String(selected), "data-index": index }, picture, ...words);
}
