import { Emitter } from "../lib/emitter.js";

let zone = readTimeZone(); // asking takes a tenth of a millisecond, and every frame needs it
const LOOK_INTERVAL_MS = 30_000; // a time zone changes without an event, and a timer may oversleep

/** Emits "change" when the local day or the time zone is another one: at midnight, after sleep, on a journey. */
export class Today extends Emitter {
  #known = localDay();
  #timer = null;

  constructor() {
    super();
    for (const waking of ["focus", "pageshow"]) addEventListener(waking, () => this.#look());
    document.addEventListener("visibilitychange", () => this.#look());
    this.#look();
  }

  #look() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), Math.min(LOOK_INTERVAL_MS, untilMidnightMs()));
    zone = readTimeZone();
    const day = localDay();
    if (day === this.#known) return;
    this.#known = day;
    this.emit("change");
  }
}

/** The computer's time zone when it was last looked at. */
export function timeZone() {
  return zone;
}

function readTimeZone() {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function localDay() {
  return `${new Date().toDateString()} ${timeZone()}`;
}

function untilMidnightMs(now = new Date()) {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1) - now;
}
