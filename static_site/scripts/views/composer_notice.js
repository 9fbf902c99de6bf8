import { byId, h, say } from "../lib/dom.js";

/** The line at the message box that says what went wrong, or what went well. */
export class ComposerNotice {
  #line = byId("composer-notice");
  #passing = false;

  /**
   * Says something, a problem unless it is `good`; `passing` if it is over once the connection is back. `offers` are buttons
   * beside it, `{words, press}`. An empty text removes all of it.
   */
  say(words, { good = false, passing = false, offers = [] } = {}) {
    if (offers.length > 0) this.#line.replaceChildren(h("span", {}, words), ...offers.flatMap((one) => [" ", this.#button(one)]));
    else say(this.#line, words);
    this.#line.toggleAttribute("data-good", good);
    this.#passing = passing;
  }

  /** The connection is back: what it was missed for can be done now. */
  connected() {
    if (this.#passing) this.say("");
  }

  #button({ words, press }) {
    const pressed = () => {
      this.say("");
      press();
    };
    return h("button", { class: "button button-small", type: "button", click: pressed }, words);
  }
}
