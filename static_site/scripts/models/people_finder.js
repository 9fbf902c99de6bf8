import { Emitter } from "../lib/emitter.js";

const PAUSE_MS = 200; // after a key: who types a name needs no list for each letter of it
const SHOWN = 8;

/** Finds people by how their names begin. Emits "found" with `{people, problem}`: only for what was typed last. */
export class PeopleFinder extends Emitter {
  #find;
  #timer = null;
  #asked = 0;

  /** `find(prefix, limit)` resolves with `{people}`. */
  constructor(find) {
    super();
    this.#find = find;
  }

  /** Looks for a beginning, soon; without `ids` of people who need not be found. */
  type(prefix, { except = new Set(), pauseMs = PAUSE_MS } = {}) {
    this.stop();
    const asked = this.#asked;
    this.#timer = setTimeout(() => this.#look(prefix.trim(), except, asked), pauseMs);
  }

  /** Wants nothing any more. */
  stop() {
    clearTimeout(this.#timer);
    this.#asked += 1;
  }

  async #look(prefix, except, asked) {
    const found = await this.#people(prefix, except);
    if (asked === this.#asked) this.emit("found", found);
  }

  async #people(prefix, except) {
    try {
      const { people } = await this.#find(prefix, SHOWN + except.size);
      return { people: people.filter(({ id }) => !except.has(id)).slice(0, SHOWN), problem: null };
    } catch (error) {
      return { people: [], problem: error.message };
    }
  }
}
