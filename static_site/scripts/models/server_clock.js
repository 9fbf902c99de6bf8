const DATE_RESOLUTION_MS = 1000; // an answer's Date has its fractions cut off

/** What time it is for the service, from the Date of its last answer: never early, since tokens are renewed by it. */
export class ServerClock {
  #offsetMs = null;

  /** The `Date` of an answer that has just come, or null. */
  hear(date) {
    const time = Date.parse(date ?? "");
    if (!Number.isNaN(time)) this.#offsetMs = time + DATE_RESOLUTION_MS - performance.now();
  }

  /** Milliseconds as of `Date.now()`, or null if the service has not told yet. */
  now() {
    return this.#offsetMs === null ? null : performance.now() + this.#offsetMs;
  }
}
