const MOST_AT_ONCE = 2;
const MOST_KEPT = 300;
const MOST_TURNS = 4; // that the service is asked while somebody else has a page fetched
const SPREAD_MS = 2_000; // the readers of a new message do not ask all at once

/** What is shown of the pages to which messages link. Each is asked for once, and kept for as long as the page is open. */
export class LinkPreviews {
  #ask;
  #wait;
  #random;
  #found = new Map(); // address -> {title, description, picture?: {id, url}}, or null if there is none
  #asked = new Map(); // address -> promise
  #running = 0;
  #queue = [];

  /** `ask(room, seq, url)` resolves with `{preview, retryAfter}`; `wait(ms)` when so much time has passed. */
  constructor({ ask, wait, random = Math.random }) {
    this.#ask = ask;
    this.#wait = wait;
    this.#random = random;
  }

  /** The preview of an address, null if it has none, undefined if that is not known. */
  known(url) {
    return this.#found.get(url);
  }

  /** Resolves with the preview of a link of a message, or null. `crowded` says that others read the message at this moment. */
  of({ room, seq, url, crowded = false }) {
    if (this.#found.has(url)) return Promise.resolve(this.#found.get(url));
    if (!this.#asked.has(url)) {
      const delay = crowded ? this.#random() * SPREAD_MS : 0;
      const answer = this.#wait(delay).then(() => this.#inTurn(() => this.#answer(room, seq, url)));
      const forget = () => this.#asked.delete(url);
      answer.then(forget, forget);
      this.#asked.set(url, answer);
    }
    return this.#asked.get(url);
  }

  forget() {
    this.#found.clear();
    this.#asked.clear();
  }

  async #inTurn(work) {
    if (this.#running >= MOST_AT_ONCE) {
      await new Promise((resolve) => {
        this.#queue.push(resolve);
      });
    } else {
      this.#running += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.#queue.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }

  async #answer(room, seq, url) {
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
      const { preview, retryAfter } = await this.#ask(room, seq, url); // oxlint-disable-line no-await-in-loop -- one after the other
      if (!retryAfter) return this.#keep(url, preview);
      await this.#wait(retryAfter * 1000); // oxlint-disable-line no-await-in-loop
    }
    return null;
  }

  #keep(url, preview) {
    this.#found.set(url, preview);
    if (this.#found.size > MOST_KEPT) this.#found.delete(this.#found.keys().next().value);
    return preview;
  }
}
