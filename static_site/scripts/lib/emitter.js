/** Tells whoever listens that something happened; a listener's failure is reported and stops nobody else. */
export class Emitter {
  #listeners = new Map();

  /** Calls `listener` on every `name`; returns the function that ends it. */
  on(name, listener) {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  emit(name, detail) {
    for (const listener of this.#listeners.get(name) ?? []) {
      try {
        listener(detail);
      } catch (error) {
        reportError(error);
      }
    }
  }
}
