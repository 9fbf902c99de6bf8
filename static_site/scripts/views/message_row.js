import { arrange, assign, h, stamp } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { isLong } from "../models/markup/plain.js";
import { withButtons } from "../models/markup/buttons.js";
import { isMentioned } from "../models/mentions.js";
import { hasStackedMarks } from "../models/text.js";
import { paintAvatar } from "./avatar.js";
import { botButtons } from "./bot_buttons.js";
import { fold } from "./fold.js";
import { isQuiet, messageFoot } from "./message_foot.js";
import { messageQuote } from "./message_quote.js";
import { messageText } from "./message_text.js";
import { ReactionChips } from "./reaction_chips.js";
import { secondsOf, shownZone, timeElement } from "./time.js";

const emptyLine = stamp(() => h("div", { class: "message-line" }, h("div", { class: "bubble" })));
const moreButton = stamp((words) => h("button", { class: "message-more", type: "button", "aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": "message-menu", "aria-label": words, title: words }));

/** One message as an element, which stays the same for as long as the message is shown: only what changed in it is built anew. */
export class MessageRow {
  element = h("article", { class: "message" });
  #row = null;
  #original; // the message that it replies to, as it was when this was shown
  #actions;
  #reading;
  #line = emptyLine();
  #bubble = this.#line.firstChild;
  #parts = new Map(); // name -> {shows, element}
  #chips = new ReactionChips((emoji, on) => this.#actions.react(this.#row.message, emoji, on));

  /**
   * `actions` has `explain(button, message)`, `more(button, message, own)`, `person(button, user)`, `react(message, emoji, on)`,
   * `original(seq)`, `files(message, stored)`, `cards` (or null), `press(message, value)`, `retry(id)` and `discard(id)`. `reading` has `me`, who reads it, `messageAt(seq)`, and what `fold` needs.
   */
  constructor(row, actions, reading) {
    this.#actions = actions;
    this.#reading = reading;
    this.#show(row);
    if (row.own) this.silence(); // a screen reader need not repeat what its user has just written
  }

  /** Shows another state of the message. */
  update(row) {
    if (row === this.#row && this.#original === this.#originalNow(row)) return;
    this.silence(); // a change is not said like a new message
    const focused = this.element.contains(document.activeElement) ? document.activeElement : null;
    this.#show(row);
    if (focused && !this.element.contains(focused)) this.#focusInstead(focused);
  }

  /** Screen readers do not read it aloud, nor what changes in it. */
  silence() {
    this.element.setAttribute("aria-live", "off");
  }

  #show(row) {
    this.#row = row;
    this.#original = this.#originalNow(row);
    const { message, state, own, first } = row;
    assign(this.element, {
      "data-seq": row.seq,
      "data-state": state,
      "data-client-id": row.id,
      "data-user": row.user.id,
      "data-own": own,
      "data-first": first,
      "data-deleted": message.deleted ?? false,
      "data-long": isLong(message.text),
      "data-mentions-me": isMentioned(message, this.#reading.me.id) && row.user.id !== this.#reading.me.id,
    });
    assign(this.#bubble, { title: !first && secondsOf(row.time), "data-quiet": isQuiet(row) });
    this.#chips.update(message);
    arrange(this.#bubble, [this.#quote(), ...this.#text(), this.#files(), this.#card(), this.#buttons(), this.#foot()]);
    this.element.toggleAttribute("data-code", this.#bubble.querySelector(".code-block") !== null);
    arrange(this.#line, [this.#bubble, state === "stored" && !message.deleted && this.#more()]);
    arrange(this.element, [this.#head(), this.#line, this.#chips.element, this.#trouble()]);
  }

  /** Returns a part of the message, built anew only if something of what it shows is another. */
  #part(name, shows, build) {
    const known = this.#parts.get(name);
    if (known && isSame(known.shows, shows)) return known.element;
    const element = build();
    this.#parts.set(name, { shows, element });
    return element;
  }

  /** Who and when; within a group of messages only screen readers get it. */
  #head() {
    const { user, time, own, first } = this.#row;
    return this.#part("head", [user, time, shownZone(), own, first], () => {
      if (!first) return h("header", { class: "message-head", "data-unseen": true }, authorName(user, own), timeElement(time));
      const avatar = h("span", { class: "avatar", "aria-hidden": "true" });
      paintAvatar(avatar, user);
      return h("header", { class: "message-head" }, avatar, own ? authorName(user, own) : authorButton(user, avatar, this.#actions), timeElement(time));
    });
  }

  #originalNow({ message }) {
    return message.replyTo && this.#reading.messageAt(message.replyTo.seq);
  }

  #quote() {
    const { message } = this.#row;
    const { replyTo, deleted } = message;
    const original = this.#original;
    const shows = [replyTo, deleted, original?.deleted, original?.mentions];
    return this.#part("quote", shows, () => replyTo && !deleted && messageQuote(message, original, (seq) => this.#actions.original(seq)));
  }

  /** The text, and for a long one what shows all of it. */
  #text() {
    const { message, key } = this.#row;
    const { text, deleted, deletedBy, mentions } = message;
    return this.#part("text", [text, deleted, deletedBy, mentions], () => {
      const { shown } = withButtons(message);
      const element = deleted ? deletedText(message) : messageText({ ...shown, user: this.#row.user }, this.#reading.me.id);
      return [(shown.text !== "" || deleted) && element, !deleted && isLong(text) && fold(element, key, this.#reading)];
    });
  }

  #files() {
    const { message, state } = this.#row;
    const files = message.deleted ? [] : (message.files ?? []);
    return this.#part("files", [files, state], () => files.length > 0 && this.#actions.files(message, state === "stored"));
  }

  /** What is behind the first link, if that is shown. */
  #card() {
    const { cards } = this.#actions;
    const link = cards && cards.linkOf(this.#row.message);
    return this.#part("card", [link?.text, this.#row.state], () => link && cards.element(link, this.#row));
  }

  /** What a bot lets its readers answer. */
  #buttons() {
    const { message, state } = this.#row;
    const { text, deleted, user } = message;
    const shown = state === "stored" && !deleted && user.bot;
    return this.#part("buttons", [shown && text], () => shown && botButtons(withButtons(message).buttons, { name: user.name, press: (value) => this.#actions.press(message, value) }));
  }

  #foot() {
    const { message, state, problem } = this.#row;
    const { sentiment, deleted, editedAt } = message;
    const explain = (button) => this.#actions.explain(button, this.#row.message);
    return this.#part("foot", [state, problem, sentiment, deleted, editedAt], () => messageFoot(this.#row, explain));
  }

  #more() {
    return this.#part("more", [], () => {
      const button = moreButton(t("menu.open"));
      button.addEventListener("click", () => this.#actions.more(button, this.#row.message, this.#row.own));
      return button;
    });
  }

  #trouble() {
    const { state, problem, id } = this.#row;
    return this.#part("trouble", [state, problem, id], () => trouble(this.#row, this.#actions));
  }

  /** The focus was on something that is gone: it goes to what took its place, or to what can be done with the message. */
  #focusInstead(gone) {
    const same = this.element.querySelector(`button[class="${gone.className}"]`);
    (same ?? this.element.querySelector(".message-more"))?.focus({ preventScroll: true });
  }
}

/** Whether two lists hold the same; it is written out only if the same is not the same object, as when a message has changed. */
function isSame(one, other) {
  return one.every((value, index) => value === other[index] || JSON.stringify(value ?? null) === JSON.stringify(other[index] ?? null));
}

function authorName(user, own) {
  return h("span", { class: "message-author" }, h("bdi", {}, user.name), own && h("span", { class: "visually-hidden" }, " ", t("message.own")));
}

/** The name of somebody else opens their card; so does the picture, for who points at it. */
function authorButton(user, avatar, actions) {
  const button = h("button", { class: "message-author", type: "button", "aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": "person-card" }, h("bdi", {}, user.name));
  button.addEventListener("click", () => actions.person(button, user));
  avatar.addEventListener("click", () => button.click());
  avatar.dataset.opens = "person";
  return button;
}

function deletedText({ deletedBy, user }) {
  const words = deletedBy && deletedBy.id !== user.id ? t("message.deleted.by", { name: deletedBy.name }) : t("message.deleted");
  return h("div", { class: "message-text", "data-stacked": hasStackedMarks(words) }, h("p", { dir: "auto" }, words));
}

function trouble({ state, problem, id }, actions) {
  if (state === "stored" || !problem) return null;
  const words = h("span", { role: state === "failed" ? "alert" : null }, state === "failed" ? t("message.not_sent", { problem }) : problem);
  const discard = h("button", { class: "button button-small", type: "button", click: () => actions.discard(id) }, t("message.discard"));
  if (state !== "failed") return h("p", { class: "message-trouble" }, words, discard);
  const retry = h("button", { class: "button button-small", type: "button", click: () => actions.retry(id) }, t("retry"));
  return h("p", { class: "message-trouble", "data-failed": true }, words, retry, discard);
}
