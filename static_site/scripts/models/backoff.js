const FIRST = 600;
const LONGEST = 30_000;

/** Waiting times that double, with jitter so that a thousand clients do not come back in one second. */
export class Backoff {
  #tries = 0;
  #random;

  constructor(random = Math.random) {
    this.#random = random;
  }

  /** The next delay in milliseconds: between a half and the whole of the doubled time. */
  next() {
    const ceiling = Math.min(LONGEST, FIRST * 2 ** this.#tries);
    this.#tries += 1;
    return Math.round(ceiling * (0.5 + this.#random() / 2));
  }

  reset() {
    this.#tries = 0;
  }
}
