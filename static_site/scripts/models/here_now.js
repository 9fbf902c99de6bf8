import { Emitter } from "../lib/emitter.js";
import { intl } from "../lib/i18n.js";

const ASK_AGAIN_MS = 3_000; // after news that name nobody: more of them may follow
const RETRY_MS = 10_000;

/** Who is in one room, kept as it is while somebody looks. Emits "change". */
export class HereNow extends Emitter {
  people = []; // by name
  problem = null;
  #presence;
  #learn;
  #room = null;
  #timer = null;

  /** `learn(room)` asks the service who is there, if that is uncertain. */
  constructor({ presence, learn }) {
    super();
    this.#presence = presence;
    this.#learn = learn;
    presence.on("change", (room) => room === this.#room && this.#changed());
  }

  get room() {
    return this.#room;
  }

  /** Turns to a room. */
  async open(room) {
    this.close();
    this.#room = room;
    this.#changed();
    await this.#ask();
  }

  close() {
    this.#room = null;
    this.people = [];
    this.problem = null;
    clearTimeout(this.#timer);
    this.#timer = null;
  }

  async #ask() {
    const room = this.#room;
    let problem = null;
    try {
      await this.#learn(room);
    } catch (error) {
      problem = error.message;
    }
    if (room !== this.#room) return;
    this.problem = problem;
    this.#changed();
  }

  #changed() {
    this.people = this.#presence.named(this.#room)?.toSorted(byName) ?? this.people;
    if ((this.people.length > 0 || this.problem) && !this.#presence.isCertain(this.#room)) this.#askSoon();
    this.emit("change");
  }

  #askSoon() {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#ask();
    }, this.problem ? RETRY_MS : ASK_AGAIN_MS);
  }
}

function byName(one, other) {
  return intl("Collator").compare(one.name, other.name) || one.id.localeCompare(other.id);
}
