const KEY = "sequence";

/** Numbers that only grow, shared by all tabs and kept over reloads: an order that no clock can change. */
export class Sequence {
  #store;
  #last = 0;

  constructor(store) {
    this.#store = store;
  }

  next() {
    this.#last = Math.max(this.#last, this.#store.get(KEY, 0)) + 1;
    this.#store.set(KEY, this.#last);
    return this.#last;
  }
}
