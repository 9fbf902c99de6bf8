import { t } from "../lib/i18n.js";


/** Says on every screen that what is written is lost with the page, while the browser refuses to store it. */
export class StorageView {
  constructor(store) {
    store.on("problem", (problem) => this.#show(problem));
    this.#show(store.problem);
  }

  #show(problem) {
    for (const notice of document.querySelectorAll("[data-storage-notice]")) {
      notice.textContent = problem === null ? "" : t(`storage.${problem}`);
      notice.hidden = problem === null;
    }
  }
}
