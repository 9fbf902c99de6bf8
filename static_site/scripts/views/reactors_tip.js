import { byId, hide } from "../lib/dom.js";
import { namesLine } from "../models/reactors.js";

const PAUSE_MS = 250; // a pointer that only passes asks nothing
const LONG_PRESS_MS = 500;
const GAP_PX = 6;

/** Tells beside a reaction who gave it: for the pointer, for the focus, and for a finger that rests on it. */
export class ReactorsTip {
  #tip = byId("reactors-tip");
  #rows = byId("log-rows");
  #reactors;
  #me;
  #messageAt;
  #timer = null;
  #chip = null;
  #pressed = false; // a long press shows names and is no click

  /** `messageAt(seq)` is a message of the open room. */
  constructor({ reactors, me, messageAt }) {
    this.#reactors = reactors;
    this.#me = me;
    this.#messageAt = messageAt;
    this.#rows.addEventListener("pointerover", ({ target, pointerType }) => pointerType !== "touch" && this.#soon(chipOf(target), PAUSE_MS));
    this.#rows.addEventListener("pointerout", ({ target, pointerType }) => pointerType !== "touch" && chipOf(target) && this.hide());
    this.#rows.addEventListener("focusin", ({ target }) => this.#soon(chipOf(target), PAUSE_MS));
    this.#rows.addEventListener("focusout", ({ target }) => chipOf(target) && this.hide());
    this.#rows.addEventListener("pointerdown", (event) => this.#touch(event));
    for (const type of ["pointerup", "pointercancel"]) this.#rows.addEventListener(type, () => clearTimeout(this.#timer));
    this.#rows.addEventListener("contextmenu", (event) => this.#pressed && chipOf(event.target) && event.preventDefault());
    this.#rows.addEventListener("click", (event) => this.#clicked(event), { capture: true });
    this.#rows.addEventListener("keydown", ({ key }) => key === "Escape" && this.hide());
    byId("log").addEventListener("scroll", () => this.hide(), { passive: true });
  }

  #touch({ target, pointerType }) {
    this.#pressed = false;
    this.hide();
    if (pointerType !== "touch" || !chipOf(target)) return;
    this.#soon(chipOf(target), LONG_PRESS_MS, () => (this.#pressed = true));
  }

  #clicked(event) {
    if (!this.#pressed || !chipOf(event.target)) return;
    this.#pressed = false;
    event.preventDefault();
    event.stopPropagation();
  }

  #soon(chip, pauseMs, then = () => {}) {
    if (!chip || chip === this.#chip) return;
    this.hide();
    this.#chip = chip;
    this.#timer = setTimeout(() => {
      then();
      this.#show(chip);
    }, pauseMs);
  }

  async #show(chip) {
    const message = this.#messageAt(Number(chip.closest("article").dataset.seq));
    if (!message) return;
    const reactions = await this.#reactors.of(message).catch(() => []); // who reacted is not worth a complaint
    const reaction = reactions.find(({ emoji }) => emoji === chip.dataset.emoji);
    if (chip !== this.#chip || !chip.isConnected || !reaction) return;
    this.#tip.textContent = namesLine(reaction, this.#me().id);
    this.#tip.hidden = false;
    chip.setAttribute("aria-describedby", this.#tip.id);
    this.#place(chip.getBoundingClientRect());
  }

  #place(anchor) {
    const { offsetWidth: width, offsetHeight: height } = this.#tip;
    const top = anchor.top - height - GAP_PX;
    this.#tip.style.setProperty("top", `${top > 0 ? top : anchor.bottom + GAP_PX}px`);
    const start = document.documentElement.dir === "rtl" ? anchor.right - width : anchor.left;
    this.#tip.style.setProperty("left", `${Math.max(GAP_PX, Math.min(start, innerWidth - width - GAP_PX))}px`);
  }

  hide() {
    if (!this.#chip) return;
    clearTimeout(this.#timer);
    this.#chip?.removeAttribute("aria-describedby");
    this.#chip = null;
    hide(this.#tip, true);
  }
}

function chipOf(target) {
  return target.closest?.(".reaction") ?? null;
}
