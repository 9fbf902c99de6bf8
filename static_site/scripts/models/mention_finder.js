import { Emitter } from "../lib/emitter.js";
import { HERE } from "./mentions.js";
import { PeopleFinder } from "./people_finder.js";

const SHOWN = 8;

/**
 * Whom `@` may mean in a room: who is there, wrote there or belongs to it first, then the people whom the service finds.
 * Emits "found" with the list for what was typed last: at once with who is known here, again when the service has answered.
 */
export class MentionFinder extends Emitter {
  #here;
  #finder;
  #query = null;
  #known = [];

  /** `here(room)` are the people of a room, best ones first; `find(prefix, limit)` asks the service. */
  constructor({ here, find }) {
    super();
    this.#here = here;
    this.#finder = new PeopleFinder(find);
    this.#finder.on("found", ({ people }) => this.#answer(people));
  }

  type(room, query) {
    this.#query = query;
    this.#known = [...this.#here(room), HERE].filter(({ name }) => begins(name, query)).slice(0, SHOWN);
    this.emit("found", this.#known);
    if (query.trim() === "") this.#finder.stop();
    else this.#finder.type(query, { except: new Set(this.#known.map(({ id }) => id)) });
  }

  /** Wants nothing any more. */
  stop() {
    this.#query = null;
    this.#finder.stop();
  }

  #answer(people) {
    if (this.#query === null) return;
    this.emit("found", [...this.#known, ...people.filter(({ name }) => begins(name, this.#query))].slice(0, SHOWN));
  }
}

/** True if a name, or a word of it, begins with what was typed, whatever the case and the accents. */
export function begins(name, query) {
  const [whole, start] = [plain(name), plain(query)];
  return whole.startsWith(start) || whole.includes(` ${start}`);
}

function plain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
