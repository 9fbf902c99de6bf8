import { byId } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { asFile } from "../models/long_text.js";
import { MAX_TEXT_LENGTH, cleanText, countCodePoints } from "../models/text.js";
import { MAX_PARTS, textParts } from "../models/text_parts.js";

const COUNT_FROM = 3_600;

/** How long the text in the message box is, and for one that is too long the offers to send it as several messages or to make it a file. */
export class ComposerLength {
  #form = byId("composer");
  #box;
  #count = byId("composer-count");
  #people;
  #say;
  #send;
  #attach;
  #offered = null; // how many messages were offered, 0 for a file alone, null for nothing

  /** `people()` are those whom the text may mention, `say` is that of `ComposerNotice`; `send()` sends, `attach(file)` returns why it cannot be attached, or null. */
  constructor({ box, people, say, send, attach }) {
    this.#box = box;
    this.#people = people;
    this.#say = say;
    this.#send = send;
    this.#attach = attach;
  }

  /** The texts of the messages that a clean text becomes, or null if it is too long; `several` says whether it may become more than one. */
  messages(text, { several }) {
    if (countCodePoints(text) <= MAX_TEXT_LENGTH) return [text];
    return several ? textParts(text, this.#people()) : null;
  }

  /** Counts what is in the box; `fileable` says that the message can carry a file, and become several. True if it offers that now. */
  show({ fileable }) {
    const text = cleanText(this.#box.value);
    const parts = this.messages(text, { several: fileable });
    this.#count.textContent = countWords(countCodePoints(text), parts);
    this.#form.toggleAttribute("data-over", parts === null);
    this.#form.toggleAttribute("data-empty", text === "");
    this.#box.element.setAttribute("aria-invalid", String(parts === null));
    const offered = !fileable || parts?.length === 1 ? null : (parts?.length ?? 0);
    if (offered !== null && offered !== this.#offered) this.#offer(parts);
    this.#offered = offered;
    return offered !== null;
  }

  /** Says how much too long a clean text is, and offers to make it a file if the message can carry one. */
  refuse(text, { fileable }) {
    this.#say(t("composer.over", { count: countCodePoints(text) - MAX_TEXT_LENGTH }), { offers: fileable ? [this.#fileOffer()] : [] });
  }

  #offer(parts) {
    const words = parts === null ? t("composer.longest", { most: MAX_PARTS }) : t("composer.long", { most: MAX_TEXT_LENGTH });
    const send = parts && { words: t("composer.send_parts", { count: parts.length }), press: this.#send };
    this.#say(words, { good: parts !== null, offers: [send, this.#fileOffer()].filter(Boolean) });
  }

  #fileOffer() {
    return { words: t("composer.as_file"), press: () => this.#toFile() };
  }

  /** The text becomes a file, and the box keeps its beginning; undo brings it back. */
  #toFile() {
    const { name, text, lead } = asFile(cleanText(this.#box.value));
    const problem = this.#attach(new File([text], name, { type: name.endsWith(".md") ? "text/markdown" : "text/plain" }));
    if (problem === null) this.#box.put({ text: lead, start: lead.length });
    this.#say(problem ?? t("composer.made_file", { name }), { good: problem === null });
  }
}

/** What stands beside the box: how much is left, how many messages it becomes, or how much is too much. */
function countWords(length, parts) {
  if (parts?.length > 1) return t("composer.parts", { count: parts.length });
  if (parts === null) return t("composer.too_many", { count: length - MAX_TEXT_LENGTH });
  return length < COUNT_FROM ? "" : t("composer.left", { count: MAX_TEXT_LENGTH - length });
}
