/** Resolves when so much time has passed, or at once if it is called off, or was before. */
export function wait(ms, signal = null) {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, signal?.aborted ? 0 : ms);
    signal?.addEventListener("abort", end);
  });
}

/** Things to do later, all of which can be called off at once. */
export class Timers {
  #running = new Set();

  later(delayMs, action) {
    const timer = setTimeout(() => {
      this.#running.delete(timer);
      action();
    }, delayMs);
    this.#running.add(timer);
    return timer;
  }

  /** Calls one off; what is none of them, or is over, does not matter. */
  end(timer) {
    clearTimeout(timer);
    this.#running.delete(timer);
  }

  clear() {
    for (const timer of this.#running) clearTimeout(timer);
    this.#running.clear();
  }
}
