import { byId } from "../lib/dom.js";

/** Takes the message box away where nobody can write. */
export class ComposerLock {
  #form = byId("composer");
  #locked = byId("composer-locked");
  #box;

  constructor(box) {
    this.#box = box;
  }

  /** Says why nobody can write here; null brings the box back, with `hint` where nothing is written. */
  set(words, hint) {
    this.#box.hint = hint;
    if (this.#locked.textContent === (words ?? "")) return;
    const focused = this.#form.contains(document.activeElement);
    this.#locked.textContent = words ?? "";
    this.#form.toggleAttribute("data-locked", words !== null);
    if (focused && words !== null) byId("log").focus({ preventScroll: true });
  }
}
