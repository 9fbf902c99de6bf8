const FIRST_DELAY_MS = 600;
const MAX_DELAY_MS = 30_000;

/** Waiting times that double, with jitter so that a thousand clients do not come back in one second. */
export class Backoff {
  #tries = 0;
  #random;

  constructor(random = Math.random) {
    this.#random = random;
  }

  /** The next delay in milliseconds: between a half and the whole of the doubled time. */
  next() {
    const ceiling = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** this.#tries);
    this.#tries += 1;
    return Math.round(ceiling * (0.5 + this.#random() / 2));
  }

  reset() {
    this.#tries = 0;
  }
}
