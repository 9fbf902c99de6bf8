const PREFIX = "undertone.";

/** JSON values under one prefix of localStorage; in memory if the browser refuses storage (private windows, quota). */
export class Store {
  #area;
  #memory = new Map();

  constructor(area = globalThis.localStorage) {
    this.#area = area;
  }

  get(key, fallback = null) {
    try {
      const text = this.#memory.get(key) ?? this.#area.getItem(PREFIX + key);
      return text === null ? fallback : JSON.parse(text);
    } catch (error) {
      console.warn(`The stored value "${PREFIX}${key}" cannot be read; using the default.`, error);
      return fallback;
    }
  }

  set(key, value) {
    const text = JSON.stringify(value);
    try {
      this.#area.setItem(PREFIX + key, text);
      this.#memory.delete(key);
    } catch {
      this.#memory.set(key, text); // it lasts as long as the page does, which is the best there is
    }
  }

  remove(key) {
    this.#memory.delete(key);
    try {
      this.#area.removeItem(PREFIX + key);
    } catch (error) {
      console.warn(`The stored value "${PREFIX}${key}" cannot be removed.`, error);
    }
  }

  /** The keys that start with `start`, whichever tab wrote them. */
  keys(start) {
    const found = new Set([...this.#memory.keys()].filter((key) => key.startsWith(start)));
    try {
      for (let index = 0; index < this.#area.length; index += 1) {
        const key = this.#area.key(index);
        if (key.startsWith(PREFIX + start)) found.add(key.slice(PREFIX.length));
      }
    } catch (error) {
      console.warn("The browser's storage cannot be listed.", error);
    }
    return [...found];
  }

  /** Calls `listener(key, value)` when another tab changes a key; the value is null for a removed one. */
  onElsewhere(listener) {
    addEventListener("storage", (event) => {
      if (event.key?.startsWith(PREFIX)) {
        const key = event.key.slice(PREFIX.length);
        listener(key, event.newValue === null ? null : this.get(key));
      }
    });
  }
}
