const LOOKED_AT_MS = 57_000; // and the answer is there within a minute
const LONGEST_MS = 240_000; // a browser delays the timers of a hidden page by up to a minute: five minutes in all
const SILENT_MS = 480_000; // API Gateway closes a connection after ten minutes without a frame
const JUST_MS = 10_000;

/**
 * When to ask the service whether something was lost: every minute while somebody looks, and less and less often
 * otherwise, but for rooms that a frame has just shown to be whole. Times are milliseconds of one clock.
 */
export class PingSchedule {
  #heard = new Map(); // room -> when it was last known to be whole
  #asked = 0;
  #intervalMs = LOOKED_AT_MS;

  /** A frame has shown that nothing of a room is missing. */
  heard(room, now) {
    this.#heard.set(room, now);
  }

  /** The rooms were asked about: whoever gets no answer drops the connection, and joins them anew. */
  asked(rooms, now, looking) {
    this.#asked = now;
    for (const room of rooms) this.#heard.set(room, now);
    this.#intervalMs = looking ? LOOKED_AT_MS : Math.min(LONGEST_MS, 2 * this.#intervalMs);
  }

  /** How long until they are to be asked about. */
  wait(rooms, now, looking) {
    if (looking) this.#intervalMs = LOOKED_AT_MS;
    const due = rooms.map((room) => this.#heardAt(room) + this.#intervalMs);
    return Math.max(0, Math.min(this.#asked + SILENT_MS, ...due) - now);
  }

  /** Whether somebody who begins to look has to wait for an answer: not if all was whole a moment ago. */
  isStale(rooms, now) {
    return rooms.some((room) => now - this.#heardAt(room) >= JUST_MS);
  }

  #heardAt(room) {
    return this.#heard.get(room) ?? -Infinity;
  }
}
