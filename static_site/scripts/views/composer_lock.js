import { byId } from "../lib/dom.js";

/** Takes the message box away where nobody can write. */
export class ComposerLock {
  #form = byId("composer");
  #text = byId("message");
  #locked = byId("composer-locked");

  /** Says why nobody can write here; null brings the box back, with `hint` where nothing is written. */
  set(words, hint) {
    if (this.#text.placeholder !== hint) this.#text.placeholder = hint;
    if (this.#locked.textContent === (words ?? "")) return;
    const focused = this.#form.contains(document.activeElement);
    this.#locked.textContent = words ?? "";
    this.#form.toggleAttribute("data-locked", words !== null);
    if (focused && words !== null) byId("log").focus({ preventScroll: true });
  }
}
