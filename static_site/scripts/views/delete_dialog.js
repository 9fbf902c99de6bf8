import { byId } from "../lib/dom.js";
import { plainText } from "../models/markup/plain.js";

/** Asks before a message is deleted for everybody. */
export class DeleteDialog {
  #dialog = byId("delete-dialog");
  #text = byId("delete-text");
  #message = null;

  constructor({ onDelete }) {
    this.#dialog.addEventListener("close", () => this.#text.replaceChildren());
    byId("delete-confirm").addEventListener("click", () => {
      this.#dialog.close();
      onDelete(this.#message);
    });
  }

  /** The message that the open question is about, or null. */
  get message() {
    return this.#dialog.open ? this.#message : null;
  }

  close() {
    this.#dialog.close();
  }

  ask(message) {
    this.#message = message;
    this.#text.textContent = plainText(message);
    this.#dialog.showModal();
  }

  /** Shows what the message says now, which may have changed since the question. */
  refresh(message) {
    if (message) this.#text.textContent = plainText(message);
  }
}
