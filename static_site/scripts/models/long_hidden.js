import { Emitter } from "../lib/emitter.js";

const LONG_MS = 30 * 60_000; // to join the rooms of a connection again costs as much as to hold it for so long

/** Whether the page has been hidden for long: `now`. Emits "change". */
export class LongHidden extends Emitter {
  now = false;
  #attention;
  #timer = null;

  constructor(attention) {
    super();
    this.#attention = attention;
    attention.on("away", () => this.#wait());
    attention.on("look", () => attention.visible && this.#become(false));
    this.#wait();
  }

  #wait() {
    if (!this.#attention.visible) this.#timer ??= setTimeout(() => this.#become(!this.#attention.visible), LONG_MS);
  }

  #become(now) {
    clearTimeout(this.#timer);
    this.#timer = null;
    if (now === this.now) return;
    this.now = now;
    this.emit("change");
  }
}
