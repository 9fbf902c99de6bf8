const WORDS = {
  blocked:
    "Nothing will be kept, because this browser blocks site data: closing or reloading the page signs you out and loses what was not sent.",
  full: "The browser's storage is full: what you write now and is not sent will not be kept when you close or reload the page.",
};

/** Says on every screen that what is written is lost with the page, while the browser refuses to store it. */
export class StorageView {
  constructor(store) {
    store.on("problem", (problem) => this.#show(problem));
    this.#show(store.problem);
  }

  #show(problem) {
    for (const notice of document.querySelectorAll("[data-storage-notice]")) {
      notice.textContent = WORDS[problem] ?? "";
      notice.hidden = problem === null;
    }
  }
}
