import { byId, h } from "../lib/dom.js";
import { parts } from "../lib/i18n.js";
import { quoteOf, quotedLine } from "../models/quotes.js";

/** The line above the message box that says which message is being replied to. It is kept with the draft. */
export class ReplyBar {
  #bar = byId("composer-reply");
  #words = byId("composer-reply-words");
  #drafts;
  #room = null;

  /** `onCancel()` hears that the reply was given up by its button. */
  constructor({ drafts, onCancel }) {
    this.#drafts = drafts;
    byId("composer-reply-cancel").addEventListener("click", () => {
      this.cancel();
      onCancel();
    });
  }

  /** Shows what is being replied to in a room; nothing while a message is being changed. */
  open(room, { editing }) {
    this.#room = room;
    const quote = editing ? null : this.#drafts.reply(room);
    this.#bar.hidden = quote === null;
    if (quote) this.#words.replaceChildren(...parts("composer.replying", { name: h("b", { dir: "auto" }, quote.user.name), text: h("bdi", {}, quotedLine(quote)) }));
    else this.#words.replaceChildren();
  }

  reply(message) {
    this.#drafts.setReply(this.#room, quoteOf(message));
    this.open(this.#room, { editing: false });
  }

  /** The quote of what is being replied to, which ends with that; or null. */
  take() {
    const quote = this.#drafts.reply(this.#room);
    this.cancel();
    return quote;
  }

  /** True if there was something to give up. */
  cancel() {
    const shown = !this.#bar.hidden;
    this.#drafts.setReply(this.#room, null);
    this.open(this.#room, { editing: false });
    return shown;
  }
}
