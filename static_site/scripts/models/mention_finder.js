import { Emitter } from "../lib/emitter.js";
import { HERE } from "./mentions.js";
import { PeopleFinder } from "./people_finder.js";

const SHOWN = 8;
const MOST_PRESENT = 50; // are shown: beyond, a letter is typed sooner than the list is read

/**
 * Whom `@` may mean in a room: who is there, wrote there or belongs to it first, then the people whom the service finds.
 * Emits "found" with the list for what was typed last: at once with who is known here, again when the service has answered.
 */
export class MentionFinder extends Emitter {
  #here;
  #present;
  #finder;
  #room = null;
  #query = null;
  #found = []; // by the service

  /** `here(room)` are the people of a room, best ones first, and `present(room)` those who are there now; `find(prefix, limit)` asks the service. */
  constructor({ here, present = () => [], find }) {
    super();
    this.#here = here;
    this.#present = present;
    this.#finder = new PeopleFinder(find);
    this.#finder.on("found", ({ people }) => this.#answer(people));
  }

  type(room, query) {
    this.#room = room;
    this.#query = query;
    this.#found = [];
    const known = this.again();
    if (query.trim() === "") this.#finder.stop();
    else this.#finder.type(query, { except: new Set(known.map(({ id }) => id)) });
  }

  /** Looks at who is known here once more: the service has said who is there. Returns them. */
  again() {
    if (this.#query === null) return [];
    const known = this.#known();
    const others = this.#found.filter(({ id }) => !known.some((one) => one.id === id));
    this.emit("found", [...known, ...others].slice(0, Math.max(SHOWN, known.length)));
    return known;
  }

  /** All who are there, then the others of the room as far as there is place, and `@here` in any case. */
  #known() {
    const begin = (people) => people.filter(({ name }) => begins(name, this.#query));
    const present = begin(this.#present(this.#room)).slice(0, MOST_PRESENT);
    const here = begin([HERE]);
    const others = begin(this.#here(this.#room)).filter(({ id }) => !present.some((one) => one.id === id));
    const places = Math.max(0, SHOWN - here.length - present.length);
    return [...present, ...others.slice(0, places), ...here];
  }

  /** Wants nothing any more. */
  stop() {
    this.#query = null;
    this.#finder.stop();
  }

  #answer(people) {
    if (this.#query === null) return;
    this.#found = people.filter(({ name }) => begins(name, this.#query));
    this.again();
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
