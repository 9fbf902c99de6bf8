import { Emitter } from "../lib/emitter.js";

const REPEAT_INTERVAL_MS = 4_000;
const CHANGE_INTERVAL_MS = 2_200; // the service drops what comes sooner after the last
const SILENT_AFTER_MS = 5_000;
const FORGET_AFTER_MS = 7_000; // a little more than the others' pause, for those whose "stopped" was lost

/** Who types: tells the others about this person, sparingly, and remembers what the others tell. Emits "change". */
export class Typing extends Emitter {
  #send;
  #room = null;
  #toldAt = -Infinity;
  #silence = null;
  #people = new Map(); // room -> Map(user id -> {name, timer})

  constructor(send) {
    super();
    this.#send = send;
  }

  /** Something was typed in a room. */
  typed(room) {
    if (room !== this.#room) this.stopped();
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.stopped(), SILENT_AFTER_MS);
    if (performance.now() - this.#toldAt < (room === this.#room ? REPEAT_INTERVAL_MS : CHANGE_INTERVAL_MS)) return;
    this.#room = room;
    this.#toldAt = performance.now();
    this.#send({ action: "typing", room, active: true });
  }

  /** The text was given up, or rests. */
  stopped() {
    if (this.#room) this.#send({ action: "typing", room: this.#room, active: false });
    this.finished();
  }

  /** The message was sent, and tells the others by itself. */
  finished() {
    clearTimeout(this.#silence);
    this.#room = null;
  }

  names(room) {
    return [...(this.#people.get(room)?.values() ?? [])].map(({ name }) => name);
  }

  /** A `typing` event. */
  hear({ room, user, active }, me) {
    if (user.id === me) return; // on another device, or in another tab
    const people = this.#people.get(room) ?? new Map();
    this.#people.set(room, people);
    clearTimeout(people.get(user.id)?.timer);
    people.delete(user.id);
    if (active) people.set(user.id, { name: user.name, timer: setTimeout(() => this.hear({ room, user }), FORGET_AFTER_MS) });
    this.emit("change", room);
  }

  /** Whoever has sent something types no more. */
  sent(room, entries) {
    const people = this.#people.get(room);
    for (const { user } of entries) if (people?.has(user.id)) this.hear({ room, user, active: false });
  }
}
