const PREFIX = "draft.";

/** What is being written in each room, kept across reloads, sign-outs by expiry and rooms. */
export class Drafts {
  #store;

  constructor(store) {
    this.#store = store;
  }

  get(room) {
    return this.#store.get(PREFIX + room, "");
  }

  set(room, text) {
    if (text.trim() === "") this.#store.remove(PREFIX + room);
    else this.#store.set(PREFIX + room, text);
  }

  clear() {
    for (const key of this.#store.keys(PREFIX)) this.#store.remove(key);
  }
}
