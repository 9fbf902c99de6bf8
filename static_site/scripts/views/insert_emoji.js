import { byId } from "../lib/dom.js";
import { icon } from "./icons.js";

/** The button beside the message box that puts an emoji where the caret is. */
export class InsertEmoji {
  #field = byId("message");

  constructor(picker) {
    const button = byId("composer-emoji");
    button.append(icon("face"));
    button.addEventListener("click", () => this.#insert(picker));
  }

  async #insert(picker) {
    const { selectionStart: start, selectionEnd: end } = this.#field;
    const emoji = await picker.pick();
    if (!emoji) return; // given up: the focus is on the button again
    this.#field.focus();
    this.#field.setRangeText(emoji, start, end, "end");
    this.#field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
