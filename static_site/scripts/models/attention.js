import { Emitter } from "../lib/emitter.js";

const FOCUSED_MS = 15 * 60_000; // longer without a hand on it, nobody sits before a page that has the focus
const BESIDE_MS = 60_000; // how long a touch of a visible page counts that has no focus
const CHECK_INTERVAL_MS = 30_000;
const OVERSLEPT_MS = 90_000; // more than a browser delays the timers of a hidden page
const INPUT = ["pointerdown", "pointermove", "wheel", "keydown", "touchstart"];

/**
 * Whether somebody looks at the page. Emits "look" when they begin to, or the page gets the focus, "away" when it is
 * hidden, left or loses the focus, and "wake" when the computer has slept or the page was frozen.
 */
export class Attention extends Emitter {
  #touchedAt = performance.now();
  #checkedAt = Date.now();

  constructor() {
    super();
    for (const name of INPUT) addEventListener(name, () => this.#touched(), { passive: true, capture: true });
    addEventListener("focus", () => this.#begin());
    addEventListener("blur", () => this.emit("away"));
    addEventListener("pagehide", () => this.emit("away"));
    document.addEventListener("visibilitychange", () => (document.hidden ? this.emit("away") : this.#begin()));
    document.addEventListener("resume", () => this.emit("wake"));
    addEventListener("pageshow", ({ persisted }) => persisted && this.emit("wake"));
    setInterval(() => this.#check(), CHECK_INTERVAL_MS);
  }

  get visible() {
    return !document.hidden;
  }

  /** Whether what is on the screen is read: the page is visible and has the focus. */
  get reading() {
    return this.visible && document.hasFocus();
  }

  get looking() {
    const restedMs = performance.now() - this.#touchedAt;
    return !document.hidden && restedMs < (document.hasFocus() ? FOCUSED_MS : BESIDE_MS);
  }

  #touched() {
    const looking = this.looking;
    this.#touchedAt = performance.now();
    if (!looking && this.looking) this.emit("look");
  }

  #begin() {
    this.#touchedAt = performance.now();
    this.emit("look");
  }

  /** Timers stand still while the computer sleeps, and its clock goes on. */
  #check() {
    const passedMs = Date.now() - this.#checkedAt;
    this.#checkedAt = Date.now();
    if (passedMs > CHECK_INTERVAL_MS + OVERSLEPT_MS) this.emit("wake");
  }
}
