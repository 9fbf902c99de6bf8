import { byId } from "../lib/dom.js";

/** Says that a new version of the page is ready, and takes it when somebody wants to. */
export class UpdateView {
  #bar = byId("update");

  constructor(updates) {
    updates.on("ready", () => {
      this.#bar.hidden = false;
    });
    byId("update-take").addEventListener("click", () => updates.take());
    byId("update-later").addEventListener("click", () => {
      this.#bar.hidden = true;
    });
  }
}
