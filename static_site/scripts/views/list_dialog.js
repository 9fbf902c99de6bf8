import { byId } from "../lib/dom.js";
import { problem, waiting } from "./waiting.js";

/** A dialog with a heading and a list: replies to a message, who reacted. */
export class ListDialog {
  #dialog = byId("list-dialog");
  #body = byId("list-dialog-body");

  constructor() {
    this.#dialog.addEventListener("close", () => this.#body.replaceChildren());
  }

  /** `load()` resolves with the elements to show; what goes wrong is said in their place. */
  async open(title, load) {
    byId("list-dialog-title").textContent = title;
    this.#body.replaceChildren(waiting());
    this.#dialog.showModal();
    byId("list-dialog-title").focus();
    try {
      this.#body.replaceChildren(...(await load()));
    } catch (error) {
      this.#body.replaceChildren(problem(error));
    }
  }

  close() {
    this.#dialog.close();
  }
}
