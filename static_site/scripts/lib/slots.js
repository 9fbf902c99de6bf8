/** So many pieces of work at once, and the others in their order after them. */
export class Slots {
  #free;
  #waiting = [];

  constructor(most) {
    this.#free = most;
  }

  /** Does `work` as soon as there is a slot for it; resolves or rejects as it does. */
  async run(work) {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise((begin) => this.#waiting.push(begin));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}
