import { byId } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { asFile } from "../models/long_text.js";
import { MAX_TEXT_LENGTH, cleanText, countCodePoints } from "../models/text.js";

const COUNT_FROM = 3_600;

/** How long the text in the message box is, and for one that is too long the offer to make it a file. */
export class ComposerLength {
  #form = byId("composer");
  #box;
  #count = byId("composer-count");
  #say;
  #attach;
  #offered = false;

  /** `say` is that of `ComposerNotice`; `attach(file)` returns why it cannot be attached, or null. */
  constructor({ box, say, attach }) {
    this.#box = box;
    this.#say = say;
    this.#attach = attach;
  }

  /** Counts what is in the box; `fileable` says that the message can carry a file. True if it offers one now. */
  show({ fileable }) {
    const length = countCodePoints(cleanText(this.#box.value));
    const left = MAX_TEXT_LENGTH - length;
    this.#count.textContent = length < COUNT_FROM ? "" : left >= 0 ? t("composer.left", { count: left }) : t("composer.too_many", { count: -left });
    this.#form.toggleAttribute("data-over", left < 0);
    this.#form.toggleAttribute("data-empty", length === 0);
    this.#box.element.setAttribute("aria-invalid", String(left < 0));
    const offers = left < 0 && fileable;
    if (offers && !this.#offered) this.offer(t("composer.long", { most: MAX_TEXT_LENGTH }), { fileable });
    this.#offered = offers;
    return offers;
  }

  /** Says that the text is too long, and offers to make it a file if the message can carry one. */
  offer(words, { fileable }) {
    this.#say(words, { offer: fileable ? { words: t("composer.as_file"), press: () => this.#toFile() } : null });
  }

  /** The text becomes a file, and the box keeps its beginning; undo brings it back. */
  #toFile() {
    const { name, text, lead } = asFile(cleanText(this.#box.value));
    const problem = this.#attach(new File([text], name, { type: name.endsWith(".md") ? "text/markdown" : "text/plain" }));
    if (problem === null) this.#box.put({ text: lead, start: lead.length });
    this.#say(problem ?? t("composer.made_file", { name }), { good: problem === null });
  }
}
