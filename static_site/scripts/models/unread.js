import { Backoff } from "./backoff.js";

export const MAX_COUNTED = 99; // beyond, people are told "99+"

/**
 * Reads on in rooms whose unread messages begin before what this page knows, so that no count depends on how much a
 * page of history holds: one request at a time, and again after a failure.
 */
export class UnreadReader {
  #roomsNow;
  #channelOf;
  #backoff = new Backoff();
  #running = false;
  #timer = null;

  /** `roomsNow()` are rooms as `RoomList` shows them. */
  constructor({ roomsNow, channelOf }) {
    this.#roomsNow = roomsNow;
    this.#channelOf = channelOf;
  }

  async run() {
    if (this.#running || this.#timer) return;
    this.#running = true;
    try {
      let channel = this.#nextChannel();
      while (channel && (await channel.loadOlder())) {
        this.#backoff.reset();
        channel = this.#nextChannel();
      }
    } catch (error) {
      console.info("Not all unread messages could be counted; trying again later.", error.message);
      this.#runAgain(Math.max((error.retryAfter ?? 0) * 1000, this.#backoff.next()));
    } finally {
      this.#running = false;
    }
  }

  #runAgain(delayMs) {
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.run();
    }, delayMs);
  }

  /** A channel that knows too little and can ask for more. */
  #nextChannel() {
    const short = this.#roomsNow().filter(({ atLeast, unread }) => atLeast && unread <= MAX_COUNTED);
    return short.map(({ room }) => this.#channelOf(room)).find(({ state }) => state === "live");
  }
}
