import { byId, h, refresh } from "../lib/dom.js";
import { paintAvatar } from "./avatar.js";

/** The list above the message box that completes names and emoji: arrow keys choose, Enter and Tab take, Escape closes. */
export class CompletionView {
  #box;
  #list = byId("completion");
  #suggestions;
  #room;
  #mentions;

  /** `room()` is the open room; `mentions()` says whether what is written can mention people. */
  constructor({ box, suggestions, room, mentions }) {
    this.#box = box;
    this.#suggestions = suggestions;
    this.#room = room;
    this.#mentions = mentions;
    suggestions.on("change", () => this.#show());
    box.listen("input", (event) => this.#typed(event));
    box.listen("keydown", (event) => this.#key(event), { capture: true }); // before Enter sends
    box.listen("blur", () => suggestions.close());
    document.addEventListener("selectionchange", () => box.isFocused && this.#isOpen && this.#look());
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
    const { text, start: caret, end: caretEnd } = this.#box.state;
    this.#suggestions.typed(this.#room(), { text, caret, caretEnd, mentions: this.#mentions() });
  }

  /** A second colon turns a whole `:name:` into its emoji, unless something else was typed meanwhile. */
  async #close() {
    const { text, start } = this.#box.state;
    const changed = await this.#suggestions.closed(text, start);
    if (changed && this.#box.value === text) this.#put(changed);
  }

  #key(event) {
    if (!this.#isOpen || event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
    const { key, shiftKey } = event;
    if (key === "ArrowDown" || key === "ArrowUp") this.#suggestions.move(key === "ArrowDown" ? 1 : -1);
    else if ((key === "Enter" || key === "Tab") && !shiftKey) this.#put(this.#suggestions.take(this.#box.value));
    else if (key === "Escape") this.#suggestions.close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  #take(option) {
    const choice = option && this.#suggestions.list[Number(option.dataset.index)];
    if (choice) this.#put(this.#suggestions.take(this.#box.value, choice));
  }

  #put({ text, caret }) {
    this.#box.put({ text, start: caret });
  }

  #show() {
    const { list, active } = this.#suggestions;
    const options = list.map((choice, index) => option(choice, index, index === active));
    refresh(this.#list, options); // a press that has begun is not lost
    this.#list.hidden = options.length === 0;
    this.#box.element.toggleAttribute("data-completing", options.length > 0);
    if (options.length === 0) this.#box.element.removeAttribute("aria-activedescendant");
    else this.#box.element.setAttribute("aria-activedescendant", options[active].id);
    options[active]?.scrollIntoView({ block: "nearest" });
  }
}

function option({ user, emoji, sign = emoji, label, detail }, index, selected) {
  const picture = h("span", { class: sign ? "completion-emoji" : "avatar", "aria-hidden": "true" }, sign ?? null);
  if (user?.id.startsWith("@")) picture.textContent = "@";
  else if (user) paintAvatar(picture, user, { listed: true });
  const words = [h("bdi", {}, label), detail && h("span", { class: "completion-detail" }, detail)];
  return h("li", { id: `completion-${index}`, "data-key": user?.id ?? label, class: "picker-option", role: "option", "aria-selected": String(selected), "data-index": index }, picture, ...words);
}
