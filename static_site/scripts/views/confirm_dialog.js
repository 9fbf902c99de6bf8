import { byId } from "../lib/dom.js";

/** Asks before something that cannot be taken back. */
export class ConfirmDialog {
  #dialog = byId("confirm-dialog");
  #answer = () => {};

  constructor() {
    byId("confirm-action").addEventListener("click", () => this.#close(true));
    this.#dialog.addEventListener("close", () => this.#answer(false));
  }

  /** Resolves with whether the person wants `action`. */
  ask({ title, words, action }) {
    byId("confirm-title").textContent = title;
    byId("confirm-text").textContent = words;
    byId("confirm-action").textContent = action;
    this.#dialog.showModal();
    return new Promise((resolve) => {
      this.#answer = resolve;
    });
  }

  #close(answer) {
    this.#answer(answer);
    this.#dialog.close();
  }
}
