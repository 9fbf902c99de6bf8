import { byId, say } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { withQuote } from "../models/quotes.js";
import { cleanText } from "../models/text.js";
import { ComposerLength } from "./composer_length.js";
import { ComposerLock } from "./composer_lock.js";
import { ComposerNotice } from "./composer_notice.js";
import { icon } from "./icons.js";
import { ReplyBar } from "./reply_bar.js";
import { typingWords } from "./typing_words.js";

const HAS_KEYBOARD = "(hover: hover)"; // otherwise focus would open an on-screen keyboard over the log

/**
 * Writing a message in the `box`, or changing one. `onSend(room, texts, {replyTo, files})` and `onEdit(message, text)` take clean
 * texts that the service will accept, one for each message, and `onEmptied(message)` one of whose text nothing is left; `onType(room)` and `onStop()`
 * hear of typing, `onChange(message)` of what is being changed; `attached` is what says which
 * files the next message carries, `onWait()` that it goes once they are there; `lastOwn()` is the message that ↑ edits; `titleOf(room)` is what
 * a room is called, `mentionable(room)` whom a text may mention there.
 */
export class ComposerView {
  notice = new ComposerNotice();
  #form = byId("composer");
  #box;
  #editBar = byId("composer-edit");
  #typing = byId("composer-typing");
  #lock;
  #drafts;
  #reply;
  #length;
  #actions;
  #room = null;
  #edited = null; // the message that is being changed

  constructor({ box, drafts, ...actions }) {
    this.#box = box;
    this.#lock = new ComposerLock(box);
    this.#drafts = drafts;
    this.#actions = actions;
    this.#reply = new ReplyBar({ drafts, onCancel: () => box.focus() });
    const length = { people: () => actions.mentionable(this.#room), send: () => this.#form.requestSubmit(), attach: (file) => actions.attached.add(this.#room, [file]) };
    this.#length = new ComposerLength({ box, say: this.say.bind(this), ...length });
    byId("composer-edit-cancel").addEventListener("click", () => this.cancel());
    byId("send").append(icon("send"));
    this.#form.addEventListener("submit", (event) => this.#submit(event));
    box.listen("input", () => this.#typed());
    box.listen("keydown", (event) => this.#key(event));
  }

  open(room) {
    this.#room = room;
    this.say("");
    const edit = this.#drafts.edit(room);
    if (edit) this.#change(edit.message, edit.text);
    else this.#change(null, this.#drafts.get(room));
  }

  /** Switches to editing a message and keeps the draft; for a room that is not open, the edit is kept until it is. */
  edit(message, text = message.text) {
    this.#drafts.keepEdit(message, text);
    if (message.room !== this.#room) return;
    this.open(this.#room);
    this.#box.focus();
  }

  /** The message that is being changed, or null. */
  get message() {
    return this.#edited;
  }

  /** Ends the change of a message that was deleted, and says so. What was written becomes the draft, if there is none. */
  giveUpEdit() {
    const { text } = this.#drafts.edit(this.#room);
    const written = text !== this.#edited.text && this.#drafts.get(this.#room) === "";
    if (written) this.#drafts.set(this.#room, text);
    this.#actions.onStop();
    this.#close();
    this.say(t(written ? "composer.deleted.kept" : "composer.deleted"));
  }

  /** Begins to reply to a message of the open room; a change that has begun is given up for it. */
  reply(message) {
    if (this.#edited) this.#close();
    this.#reply.reply(message);
    this.#box.focus();
  }

  /** Quotes words of somebody below what is in the box. */
  quote(words, name) {
    const text = withQuote(this.#box.value, words, name);
    this.#box.put({ text, start: text.length });
  }

  /** Gives up the change or the reply that has begun; true if there was one. */
  cancel() {
    const begun = this.#edited !== null;
    if (begun) this.#close();
    if (!begun && !this.#reply.cancel()) return false;
    this.#box.focus();
    return true;
  }

  /** The focus, except if it would open an on-screen keyboard. */
  focusWhereKeysAre() {
    if (matchMedia(HAS_KEYBOARD).matches) this.#box.focus();
  }

  /** Takes the box away and says why nobody can write here; null brings it back. */
  lock(words) {
    this.#lock.set(words, t("composer.to", { title: this.#actions.titleOf(this.#room) }));
  }

  focus() {
    this.#box.focus();
  }

  showTyping(names) {
    say(this.#typing, typingWords(names));
  }

  /** Says something at the message box, as `ComposerNotice` does. */
  say(...said) {
    this.notice.say(...said);
  }

  /** Enter sends and Shift+Enter starts a new line; while an input method composes, Enter is the input method's. */
  #key(event) {
    if (event.key === "ArrowUp" && this.#box.value === "" && !event.altKey) this.#editLast(event);
    if (event.key !== "Enter" || event.shiftKey || event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#form.requestSubmit();
  }

  #submit(event) {
    event.preventDefault();
    const text = cleanText(this.#box.value);
    const texts = this.#length.messages(text, { several: !this.#edited });
    if (texts === null) {
      this.#length.refuse(text, { fileable: !this.#edited });
    } else if (!this.#edited && this.#actions.attached.isBusy(this.#room)) {
      this.#actions.onWait();
    } else if (!this.#edited && this.#actions.attached.hasFailed(this.#room)) {
      this.say(t("files.failed"));
    } else if (text !== "" || (!this.#edited && this.#actions.attached.of(this.#room).length > 0)) {
      this.#finish(text, texts);
    } else if (this.#edited) {
      this.#actions.onEmptied(this.#edited);
      return; // it asks whether to delete, and has the focus
    }
    this.#box.focus();
  }

  #finish(text, texts) {
    const message = this.#edited;
    const replyTo = message ? null : this.#reply.take();
    const files = message ? [] : this.#actions.attached.take(this.#room);
    if (!message) this.#drafts.set(this.#room, "");
    this.#close();
    if (!message) this.#actions.onSend(this.#room, texts, { replyTo, files });
    else if (text === message.text) this.#actions.onStop();
    else this.#actions.onEdit(message, text);
  }

  #typed() {
    if (this.#edited) this.#drafts.keepEdit(this.#edited, this.#box.value);
    else this.#drafts.set(this.#room, this.#box.value);
    if (this.#box.value === "") this.#actions.onStop();
    else this.#actions.onType(this.#room);
    if (!this.#refresh()) this.say("");
  }

  #editLast(event) {
    const message = this.#actions.lastOwn();
    if (!message) return;
    event.preventDefault();
    this.edit(message);
  }

  /** Ends a change, if there is one, and shows the draft. */
  #close() {
    this.#drafts.dropEdit(this.#room);
    this.open(this.#room);
  }

  #change(message, text) {
    this.#edited = message;
    this.#editBar.hidden = message === null;
    this.#reply.open(this.#room, { editing: message !== null });
    this.#actions.onChange(message);
    this.#box.set(text);
    this.#refresh();
  }

  #refresh() {
    const offers = this.#length.show({ fileable: this.#edited === null });
    this.#box.fit();
    return offers;
  }
}
