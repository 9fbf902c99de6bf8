import { byId, say } from "../lib/dom.js";

/** The line at the message box that says what went wrong, or what went well. */
export class ComposerNotice {
  #line = byId("composer-notice");
  #passing = false;

  /** Says something, a problem unless it is `good`; `passing` if it is over once the connection is back. An empty text removes it. */
  say(words, { good = false, passing = false } = {}) {
    say(this.#line, words);
    this.#line.toggleAttribute("data-good", good);
    this.#passing = passing;
  }

  /** The connection is back: what it was missed for can be done now. */
  connected() {
    if (this.#passing) this.say("");
  }
}
