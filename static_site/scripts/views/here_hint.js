import { byId } from "../lib/dom.js";
import { listed, t } from "../lib/i18n.js";
import { MAX_MENTIONS, saysHere } from "../models/mentions.js";

/** Says whom `@here` in the message box will mention, before it is sent. */
export class HereHint {
  #box;
  #hint = byId("composer-here");
  #present;
  #writes;

  /** `present()` are those who are known to be in the room; `writes()` is false while that would mention nobody. */
  constructor({ box, present, writes }) {
    this.#box = box;
    this.#present = present;
    this.#writes = writes;
    box.listen("input", () => this.update());
    byId("composer").addEventListener("submit", () => (this.#hint.textContent = ""));
  }

  /** Looks at what is in the box now. */
  update() {
    const meant = this.#writes() && saysHere(this.#box.value);
    this.#hint.textContent = meant ? hereWords(this.#present()) : "";
  }
}

function hereWords(people) {
  if (people.length === 0) return t("here.nobody");
  const names = people.slice(0, MAX_MENTIONS).map(({ name }) => name);
  return t(people.length > MAX_MENTIONS ? "here.some" : "here.all", { names: listed(names), most: MAX_MENTIONS });
}
