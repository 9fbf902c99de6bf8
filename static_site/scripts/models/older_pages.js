const PAGE_SIZE = 50;

/** Pages back through a room's log. `ask(frame)` asks the service; `onPage(messages)` hears what a page brought. */
export class OlderPages {
  #log;
  #ask;
  #onPage;
  #loading = null;

  constructor({ log, ask, onPage }) {
    this.#log = log;
    this.#ask = ask;
    this.#onPage = onPage;
  }

  get loading() {
    return this.#loading !== null;
  }

  /** Loads the page before the oldest message, once however often it is asked for; resolves with whether something came. */
  load() {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  async #load() {
    const before = this.#log.oldest;
    const page = await this.#ask({ action: "history", before, limit: PAGE_SIZE });
    if (this.#log.oldest !== before) return true; // the log was read anew meanwhile, and this page would leave a hole
    this.#log.prepend(page);
    this.#onPage(page.messages);
    return page.messages.length > 0;
  }
}
