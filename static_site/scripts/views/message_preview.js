import { byId } from "../lib/dom.js";
import { NextFrame } from "../lib/next_frame.js";
import { cleanText } from "../models/text.js";
import { messageText } from "./message_text.js";

/** What is in the message box as the message will look, above the box, while somebody wants to see it. */
export class MessagePreview {
  #box;
  #place = byId("composer-preview");
  #message;
  #me;
  #on = false;
  #frame = new NextFrame(() => this.#draw());

  /** `message(text)` is the message that the text would be, `me()` who reads it. */
  constructor({ box, message, me }) {
    this.#box = box;
    this.#message = message;
    this.#me = me;
    box.listen("input", () => this.update());
  }

  /** Shows it or takes it away, and returns whether it is shown from now on. */
  toggle() {
    this.#on = !this.#on;
    this.#draw();
    return this.#on;
  }

  /** The box has another text. */
  update() {
    if (this.#on) this.#frame.ask();
  }

  #draw() {
    const text = this.#on ? cleanText(this.#box.value) : "";
    this.#place.hidden = text === "";
    this.#place.replaceChildren(...(text === "" ? [] : [messageText(this.#message(text), this.#me().id)]));
  }
}
