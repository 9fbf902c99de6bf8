import { byId } from "../lib/dom.js";
import { icon } from "./icons.js";

/** The button beside the message box that puts an emoji where the caret is. */
export class InsertEmoji {
  #box;

  constructor(box, picker) {
    this.#box = box;
    const button = byId("composer-emoji");
    button.append(icon("face"));
    button.addEventListener("click", () => this.#insert(picker));
  }

  async #insert(picker) {
    const { start, end } = this.#box.state;
    const emoji = await picker.pick();
    if (emoji) this.#box.insert(emoji, { start, end }); // otherwise it was given up, and the focus is on the button again
  }
}
