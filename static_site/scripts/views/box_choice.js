import { byId, h } from "../lib/dom.js";
import { Emitter } from "../lib/emitter.js";
import { difference } from "../lib/field.js";
import { t } from "../lib/i18n.js";
import { addressOf, canName, linkWords } from "../models/link_address.js";
import { fenceAround, ticksAround } from "../models/mark_pairs.js";
import { canEnclose, endsWords, startsWords } from "../models/markup/mark_rules.js";
import { outline } from "../models/markup/outline.js";
import { spansOf } from "../models/markup/spans.js";
import { icon } from "./icons.js";

const KEY = "writing";
/** What the field that formats needs of this page's marks. */
export const MARKUP = { outline, spansOf, canEnclose, startsWords, endsWords, ticksAround, fenceAround };
export const NAMING = { addressOf, canName, linkWords };

/**
 * Whether the message box shows marks or what they mean, as somebody chose for this browser. The field that formats is loaded when
 * it is first wanted. Emits "change" once the box is so.
 */
export class BoxChoice extends Emitter {
  #box;
  #preferences;
  #say;
  #shown = null;
  #formatted = null; // the field, once it was wanted

  /** `say(words)` tells somebody something at the box. */
  constructor({ box, preferences, say }) {
    super();
    this.#say = say;
    this.#box = box;
    this.#preferences = preferences;
    preferences.on("change", (key) => key === KEY && (this.#shown = this.#show()));
    if (this.isFormatted) this.#shown = this.#show();
  }

  get isFormatted() {
    return this.#preferences.get(KEY) === "formatted";
  }

  /** Chooses the other one, and resolves once the box is so. */
  toggle() {
    this.#preferences.choose(KEY, this.isFormatted ? "marks" : "formatted");
    return this.#shown;
  }

  async #show() {
    if (this.isFormatted) this.#formatted ??= this.#load();
    try {
      const field = await this.#formatted;
      this.#box.use(this.isFormatted ? field : null);
    } catch (error) {
      this.#formatted = null; // to be tried again
      this.#say(t("format.rich.failed", { problem: error.message }));
      if (this.isFormatted) this.#preferences.choose(KEY, "marks");
    }
    this.emit("change");
  }

  /** It is given what it needs, because a module that is loaded by itself would bring another copy of it. */
  async #load() {
    const { RichBox } = await import("./rich_box.js");
    const plain = byId("message");
    const attributes = { id: "message-formatted", class: "message-formatted", "aria-label": t("message"), "aria-placeholder": plain.placeholder, hidden: true };
    for (const name of ["enterkeyhint", "aria-autocomplete", "aria-controls", "aria-describedby"]) attributes[name] = plain.getAttribute(name);
    const field = new RichBox({ form: byId("composer"), attributes, h, t, icon, markup: MARKUP, naming: NAMING, difference, keepsLines: () => !byId("composer-tools").hidden });
    plain.after(field.element);
    return field;
  }
}
