import { byId } from "../lib/dom.js";

const HELD_MS = 500;
const FARTHEST_PX = 10; // a finger that moves farther scrolls
const OF_THEIR_OWN = "a, button, input, summary, pre, video, audio"; // what has something else to do with a press, or is scrolled

/** A finger that rests on a message opens its menu, once it is lifted: the browser would close at once what opens sooner. */
export class LongPress {
  #bubble = null;
  #from = null;
  #timer = null;

  constructor() {
    const rows = byId("log-rows");
    rows.addEventListener("pointerdown", (event) => this.#begin(event));
    rows.addEventListener("pointermove", ({ clientX, clientY }) => this.#from && Math.hypot(clientX - this.#from.x, clientY - this.#from.y) > FARTHEST_PX && this.#end());
    rows.addEventListener("pointerup", () => this.#lifted());
    rows.addEventListener("pointercancel", () => this.#end());
    rows.addEventListener("contextmenu", (event) => this.#bubble && event.preventDefault());
  }

  #begin({ target, pointerType, isPrimary, clientX, clientY }) {
    this.#end();
    const bubble = target.closest(".bubble");
    if (pointerType !== "touch" || !isPrimary || !bubble || target.closest(OF_THEIR_OWN)) return;
    this.#bubble = bubble;
    this.#from = { x: clientX, y: clientY };
    this.#timer = setTimeout(() => this.#bubble.toggleAttribute("data-held", true), HELD_MS);
  }

  #lifted() {
    const more = this.#bubble?.hasAttribute("data-held") && this.#bubble.closest("article").querySelector(".message-more");
    this.#end();
    if (more) setTimeout(() => more.click());
  }

  #end() {
    clearTimeout(this.#timer);
    this.#bubble?.removeAttribute("data-held");
    this.#bubble = null;
    this.#from = null;
  }
}
