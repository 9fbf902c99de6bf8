import { byId, h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { Excerpt } from "../models/excerpt.js";
import { messageQuote } from "./message_quote.js";
import { messageText } from "./message_text.js";
import { attempt } from "./attempt.js";
import { dayName, timeElement } from "./time.js";

/** A part of a room's past around one message, in a dialog: what lies too far back for the log to be paged there. */
export class ExcerptDialog {
  #dialog = byId("excerpt-dialog");
  #list = byId("excerpt-list");
  #earlier = byId("excerpt-earlier");
  #later = byId("excerpt-later");
  #problem = byId("excerpt-problem");
  #ask;
  #titleOf;
  #me;
  #excerpt = null;
  #found = null;
  #room = null;

  /** `ask(room, {before, limit})` asks for a page, `titleOf(room)` is what a room is called, `me()` who reads. */
  constructor({ ask, titleOf, me }) {
    this.#ask = ask;
    this.#titleOf = titleOf;
    this.#me = me;
    this.#earlier.addEventListener("click", () => this.#more(this.#earlier, () => this.#excerpt.earlier()));
    this.#later.addEventListener("click", () => this.#more(this.#later, () => this.#excerpt.later()));
    this.#dialog.addEventListener("close", () => this.#list.replaceChildren());
  }

  /** Resolves with a sentence if the message is not there, or null. */
  async open(room, seq) {
    const excerpt = new Excerpt(this.#ask, room);
    if (!(await excerpt.around(seq))) return t("message.gone");
    [this.#excerpt, this.#found, this.#room] = [excerpt, seq, room];
    byId("excerpt-title").textContent = t("excerpt.title", { title: this.#titleOf(room) });
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#show();
    const found = this.#list.querySelector("[data-found]");
    found.scrollIntoView({ block: "center" });
    found.focus({ preventScroll: true });
    return null;
  }

  async #more(button, load) {
    const anchor = this.#list.querySelector(button === this.#earlier ? "[data-excerpt]" : "[data-excerpt]:last-child");
    const { excerpt } = anchor.dataset;
    if (!(await attempt({ button, problem: this.#problem }, load))) return;
    this.#show();
    this.#list.querySelector(`[data-excerpt="${excerpt}"]`)?.scrollIntoView({ block: button === this.#earlier ? "start" : "end" });
  }

  #show() {
    let day = null;
    const rows = this.#excerpt.messages.flatMap((message) => {
      const name = dayName(new Date(message.sentAt));
      const line = name === day ? [] : [h("li", { class: "log-day" }, h("span", {}, name))];
      day = name;
      return [...line, this.#row(message)];
    });
    this.#list.replaceChildren(...rows);
    this.#earlier.hidden = !this.#excerpt.hasEarlier;
    this.#later.hidden = !this.#excerpt.hasLater;
  }

  #row(message) {
    const { seq, user, sentAt, deleted, replyTo } = message;
    const original = replyTo && this.#excerpt.messages.find((one) => one.seq === replyTo.seq);
    const quote = replyTo && !deleted && messageQuote(message, original, (wanted) => this.open(this.#room, wanted));
    const head = h("span", { class: "list-head" }, h("bdi", { class: "quote-author" }, user.name), timeElement(new Date(sentAt)));
    const text = deleted ? h("p", { class: "excerpt-deleted" }, t("message.deleted")) : messageText(message, this.#me().id);
    const found = seq === this.#found;
    return h("li", { class: "excerpt-row", "data-excerpt": seq, "data-found": found, tabindex: found ? "-1" : null }, head, quote, text);
  }
}
