import { Emitter } from "./emitter.js";

const PREFIX = "undertone.";

/** One of the browser's storage areas, or null: merely naming it throws if the browser blocks site data. */
export function storageArea(name) {
  try {
    return globalThis[name] ?? null;
  } catch {
    return null;
  }
}

/**
 * JSON values under one prefix of a storage area; in memory if the browser refuses storage (blocked site data, private
 * windows, quota). Emits "problem" when it begins or ends to keep values for no longer than the page lasts.
 */
export class Store extends Emitter {
  #area;
  #memory = new Map();
  #refused = null;
  #told = null;

  constructor(area = storageArea("localStorage")) {
    super();
    this.#area = area;
  }

  /** Why values are lost with the page: "blocked", "full", or null if they are not. */
  get problem() {
    if (!this.#area) return "blocked";
    return this.#memory.size > 0 ? this.#refused : null;
  }

  get(key, fallback = null) {
    const text = this.#memory.get(key) ?? this.#try((area) => area.getItem(PREFIX + key)) ?? null;
    try {
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
    } catch (error) {
      this.#refused = error.name === "QuotaExceededError" ? "full" : "blocked";
      this.#memory.set(key, text); // it lasts as long as the page does, which is the best there is
    }
    this.#tell();
  }

  remove(key) {
    this.#memory.delete(key);
    this.#try((area) => area.removeItem(PREFIX + key));
    this.#tell();
  }

  /** The keys that start with `start`, whichever tab wrote them. */
  keys(start) {
    const stored = this.#try((area) => Array.from({ length: area.length }, (_, index) => area.key(index))) ?? [];
    const all = [...this.#memory.keys(), ...stored.filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length))];
    return [...new Set(all)].filter((key) => key.startsWith(start));
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

  /** What an area that cannot even be read refuses once, it is not asked again: memory is all there is. */
  #try(action) {
    try {
      return this.#area ? action(this.#area) : null;
    } catch (error) {
      console.warn("The browser refuses its storage; nothing is kept beyond this page.", error);
      this.#area = null;
      this.#tell();
      return null;
    }
  }

  #tell() {
    if (this.#told === this.problem) return;
    this.#told = this.problem;
    this.emit("problem", this.problem);
  }
}
