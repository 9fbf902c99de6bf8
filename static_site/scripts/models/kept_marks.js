import { Throttle } from "../lib/throttle.js";

const MARKS = "read.";
const PAUSE_MS = 1_000; // writing one down costs as much as all else that a message does to the marks, and other tabs hear of it

/**
 * How far rooms were read, in the browser's storage. What moves forward holds at once here; it is written down at once too,
 * unless one was a moment ago, then within a second, and in any case when the page is hidden or left.
 */
export class KeptMarks {
  #store;
  #known = new Map(); // room -> mark, or null if there is none
  #unwritten = new Map(); // room -> mark
  #write = new Throttle(() => this.#writeDown(), PAUSE_MS);

  /** `onElsewhere()` hears that another tab has moved a mark. */
  constructor(store, onElsewhere) {
    this.#store = store;
    store.onElsewhere((key) => {
      if (!key.startsWith(MARKS)) return;
      this.#known.delete(key.slice(MARKS.length));
      onElsewhere();
    });
    addEventListener("pagehide", () => this.#write.flush());
    document.addEventListener("visibilitychange", () => this.#write.flush());
    addEventListener("pageshow", ({ persisted }) => persisted && this.#known.clear()); // it has heard nothing meanwhile
  }

  /** The mark of a room; null if it was never read in this browser. */
  get(room) {
    if (!this.#known.has(room)) this.#known.set(room, this.#store.get(MARKS + room));
    const [known, unwritten] = [this.#known.get(room), this.#unwritten.get(room)];
    return unwritten === undefined ? known : Math.max(unwritten, known ?? 0);
  }

  /** Moves a mark forward. */
  move(room, at) {
    this.#unwritten.set(room, at);
    this.#write.ask();
  }

  /** Sets a mark back: the room is another one, begun anew. */
  reset(room, at) {
    this.#unwritten.delete(room);
    this.#keep(room, at);
  }

  forgetAll() {
    this.#known.clear();
    this.#unwritten.clear();
    for (const key of this.#store.keys(MARKS)) this.#store.remove(key);
  }

  /** Another tab may have read on, and its mark stays. */
  #writeDown() {
    for (const [room, at] of this.#unwritten) {
      this.#keep(room, Math.max(at, this.#store.get(MARKS + room) ?? 0));
    }
    this.#unwritten.clear();
  }

  #keep(room, at) {
    this.#known.set(room, at);
    this.#store.set(MARKS + room, at);
  }
}
