import { t } from "../lib/i18n.js";
import { repliesTo } from "../models/quotes.js";
import { messageOffers } from "../models/rights.js";
import { copyLink, copyText } from "./copying.js";
import { DeleteDialog } from "./delete_dialog.js";
import { MessageMenu } from "./message_menu.js";
import { reportMessage } from "./report_message.js";
import { quotedPart } from "./selected_text.js";
import { canShare, shareLink } from "./sharing.js";
import { UndertoneCard } from "./undertone_card.js";

const PROBLEMS = { lost: "change.lost", timeout: "change.timeout", gateway: "change.gateway" };

/**
 * What people do with a message: ask why and who, react, reply, say how they read it, link to it, edit, delete, report, send again. An action applies to the
 * room in which it began, even if another room is open by the time it ends.
 */
export class MessageActions {
  #chat;
  #outbox;
  #room;
  #composer;
  #rights;
  #people;
  #reasons;
  #card;
  #lists;
  #goTo;
  #picker;
  #recent;
  #menu;
  #deleteDialog = new DeleteDialog({ onDelete: (message) => this.#remove(message) });

  /**
   * `room()` is the name of the open room, `rights()` what this person may do there; `people` is the card of somebody,
   * `reasons` asks for the reason of a report; `lists` shows replies and who reacted, `goTo(room, seq)` leads to a message;
   * `picker` chooses an emoji and `recent` keeps those that were used; `fetchModel()` asks the service about its model;
   * `markUnread(message)` marks it and all after it as unread.
   */
  constructor({ chat, outbox, room, rights, people, reasons, composer, lists, goTo, picker, recent, fetchModel, markUnread }) {
    this.#chat = chat;
    this.#outbox = outbox;
    this.#room = room;
    this.#rights = rights;
    this.#people = people;
    this.#reasons = reasons;
    this.#composer = composer;
    this.#lists = lists;
    this.#goTo = goTo;
    this.#picker = picker;
    this.#recent = recent;
    const now = (action) => (message) => action(this.#now(message) ?? message);
    this.#menu = new MessageMenu(
      {
        react: (message, emoji, on) => this.react(message, emoji, on),
        pick: (message) => this.#pick(message),
        reply: now((message) => this.#composer.reply(message)),
        quote: now((message) => this.#composer.quote(quotedPart(message), message.user.name)),
        replies: now((message) => this.#lists.replies(message, this.#logOf(message).messages)),
        reactors: now((message) => this.#lists.reacted(message)),
        copy: now((message) => copyText(message, (...said) => this.#composer.say(...said))),
        link: (message) => copyLink(message, (...said) => this.#composer.say(...said)),
        share: (message) => shareLink(message, (...said) => this.#composer.say(...said)),
        edit: now((message) => this.#composer.edit(message)),
        unread: (message) => markUnread(this.#here(message)),
        report: now((message) => this.#report(message)),
        delete: now((message) => this.#deleteDialog.ask(message)),
      },
      recent,
    );
    this.#card = new UndertoneCard({ onLabel: (message, label) => this.#label(message, label), fetchModel });
  }

  explain(button, message) {
    this.#card.toggle(button, this.#here(message));
  }

  more(button, message, own) {
    const replies = repliesTo(message.seq, this.#logOf(this.#here(message)).messages).length > 0;
    const reactions = Object.values(message.reactions ?? {}).some((count) => count > 0);
    this.#menu.toggle(button, this.#here(message), messageOffers(own, this.#rights(), { replies, reactions, text: message.text !== "", share: canShare() }));
  }

  /** Begins to reply to a message of the open room, by its place. */
  reply(seq) {
    const message = this.#now({ room: this.#room(), seq });
    if (message && !message.deleted && this.#rights().write) this.#composer.reply(message);
  }

  /** Leads to the message that another one of the open room answers. */
  original(seq) {
    this.#goTo(this.#room(), seq);
  }

  /** Asks whether to delete a message of which a change has left nothing. */
  offerDeletion(message) {
    this.#deleteDialog.ask(this.#now(message) ?? message);
  }

  person(button, user) {
    this.#people.toggle(button, user);
  }

  /** Closes the explanation of a mood whose message has a new text, and what was begun with a message that was deleted. */
  update() {
    const begun = [this.#card, this.#menu, this.#deleteDialog].filter((part) => this.#now(part.message)?.deleted);
    const focused = document.activeElement?.closest("[popover], dialog");
    for (const part of begun) part.close();
    if (focused && begun.length > 0) this.#composer.focusWhereKeysAre();
    if (this.#now(this.#composer.message)?.deleted) this.#composer.giveUpEdit();
    else if (begun.length > 0) this.#composer.say(t("message.just_deleted"));
    const explained = this.#now(this.#card.message);
    if (explained && explained.text !== this.#card.message.text) this.#card.close();
    this.#deleteDialog.refresh(this.#now(this.#deleteDialog.message));
  }

  retry(id) {
    this.#chat.retry(id);
    this.#composer.focus();
  }

  discard(id) {
    this.#outbox.remove(id);
    this.#composer.focus();
  }

  react(message, emoji, on) {
    const here = this.#here(message);
    if (on) this.#recent.use(emoji);
    return this.#change(here, (changes, channel) => changes.marks.react(channel, here, emoji, on));
  }

  /** Changes a message's text; if that does not work, the new text goes back into the box of its room. */
  async edit(message, text) {
    const change = { action: "edit", seq: message.seq, text };
    const problem = await this.#change(message, (changes, channel) => changes.make(channel, change));
    if (problem === null) return;
    this.#composer.edit(message, text);
    this.#composer.say(problem, { passing: true }); // the box has the text again, which says it for longer
  }

  close() {
    this.#people.close();
    this.#card.close();
    this.#menu.close();
    this.#deleteDialog.close();
  }

  /** The message with the name of its room, unless it has that already. */
  #here(message) {
    return { room: this.#room(), ...message };
  }

  /** A message as its room's log has it now; undefined if the log does not have it. */
  #now(message) {
    const known = message && this.#chat.channel(message.room)?.log.get(message.seq);
    return known && { ...known, room: message.room };
  }

  #logOf({ room }) {
    return this.#chat.channel(room)?.log ?? { messages: [] };
  }

  async #pick(message) {
    const emoji = await this.#picker.pick();
    if (emoji) await this.react(message, emoji, true);
  }

  #label(message, label) {
    return this.#change(message, (changes, channel) => changes.marks.label(channel, message, label));
  }

  #report(message) {
    const report = (...what) => this.#chat.changes.report(...what);
    reportMessage(message, { reasons: this.#reasons, report, say: (...said) => this.#composer.say(...said), lost: t(PROBLEMS.lost) });
  }

  #remove(message) {
    const { room, seq } = this.#composer.message ?? {};
    if (room === message.room && seq === message.seq) this.#composer.cancel();
    this.#composer.focusWhereKeysAre(); // the button that was pressed goes away with the text
    return this.#change(message, (changes, channel) => changes.make(channel, { action: "delete", seq: message.seq }));
  }

  /** Makes a change to a message; resolves with what went wrong, which is then also shown, or null. */
  async #change({ room }, make) {
    try {
      const channel = this.#chat.channel(room);
      if (!channel) throw new Error(t("change.left", { room }));
      await make(this.#chat.changes, channel);
      return null;
    } catch (error) {
      const passing = error.code in PROBLEMS;
      const problem = passing ? t(PROBLEMS[error.code]) : error.message;
      const said = room === this.#room() ? problem : t("change.elsewhere", { room, problem });
      this.#composer.say(said, { passing });
      return said;
    }
  }
}
