import { Backoff } from "./backoff.js";

const FRESH_MS = 5 * 60_000;
const STALE_MS = 30_000; // for a list that is known to be wrong

/** Reads the list of rooms when somebody begins to look at it or the connection is back, and not again so soon; if that fails, again and again. */
export class RoomListReader {
  #fetchRooms;
  #rooms;
  #connected;
  #readAt = -Infinity;
  #backoff = new Backoff();
  #again = null;

  /** `fetchRooms` resolves with the answer of GET /rooms, which `rooms` takes; without a connection there is no use in asking again. */
  constructor({ fetchRooms, rooms, connected }) {
    this.#fetchRooms = fetchRooms;
    this.#rooms = rooms;
    this.#connected = connected;
  }

  async readIfOld(freshMs = FRESH_MS) {
    if (performance.now() - this.#readAt >= freshMs) await this.read();
  }

  /** The list is known to be wrong, which nobody waits for. */
  async readIfWrong() {
    if (performance.now() - this.#readAt >= STALE_MS) await this.read();
  }

  async read() {
    clearTimeout(this.#again);
    this.#readAt = performance.now();
    try {
      this.#rooms.update(await this.#fetchRooms());
      this.#backoff.reset();
    } catch (error) {
      this.#readAt = -Infinity;
      console.info("The list of rooms could not be read; it will be asked for again.", error.message);
      if (error.name !== "SessionEnded") this.#again = setTimeout(() => this.#connected() && this.readIfOld(), this.#backoff.next());
    }
  }
}
