import { Emitter } from "../lib/emitter.js";

/** What may be chosen for this browser: the first of each is how it is until then. `first_paint.js` reads the same keys. */
export const CHOICES = {
  theme: ["system", "light", "dark"],
  density: ["comfortable", "compact"],
  moods: ["always", "felt", "off"],
  previews: ["shown", "off"],
  sounds: ["on", "off"],
  writing: ["marks", "formatted"],
};
const LANGUAGE = "language";

/**
 * How the page looks and speaks in this browser. Emits "change" with what was chosen in any tab, and "language", which the
 * other tabs speak from their next load on.
 */
export class Preferences extends Emitter {
  #store;

  constructor(store) {
    super();
    this.#store = store;
    store.onElsewhere((key) => Object.hasOwn(CHOICES, key) && this.emit("change", key));
  }

  /** What is chosen of "theme", "density", "moods", "previews", "sounds" or "writing". */
  get(key) {
    const value = this.#store.get(key);
    return CHOICES[key].includes(value) ? value : CHOICES[key][0];
  }

  choose(key, value) {
    this.#store.set(key, value);
    this.emit("change", key);
  }

  /** The code of the language that was chosen, or null for that of the browser. */
  get language() {
    return this.#store.get(LANGUAGE);
  }

  set language(code) {
    if (code === null) this.#store.remove(LANGUAGE);
    else this.#store.set(LANGUAGE, code);
    this.emit("language");
  }
}
