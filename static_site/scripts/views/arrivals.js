import { byId } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { plainText } from "../models/markup/plain.js";

const MOST_READ_ALOUD = 3;
const MAX_CHARACTERS = 300;

/** Tells a screen reader of messages that arrive while the log shows others: they are not in the document, and so not read. */
export class Arrivals {
  #status = byId("log-arrivals");
  #told = null;

  /** Another room: what it has already is not news. */
  forget() {
    this.#told = null;
    this.#status.textContent = "";
  }

  /** Takes note of a log's messages, in order; `aloud` if those of others that are new shall be told. */
  note(messages, me, aloud) {
    const newest = messages.at(-1)?.seq ?? 0;
    if (!aloud) this.#status.textContent = "";
    else if (this.#told !== null && newest > this.#told) this.#tell(messages, me);
    this.#told = Math.max(newest, this.#told ?? 0);
  }

  #tell(messages, me) {
    const fresh = messages.slice(messages.findLastIndex(({ seq }) => seq <= this.#told) + 1).filter(({ user, deleted }) => user.id !== me.id && !deleted);
    if (fresh.length === 0) return;
    const words = fresh.map((message) => t("said", { name: message.user.name, text: plainText(message) }).slice(0, MAX_CHARACTERS));
    this.#status.textContent = fresh.length > MOST_READ_ALOUD ? t("log.new", { count: fresh.length }) : words.join("\n");
  }
}
