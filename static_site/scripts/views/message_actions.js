import { messageOffers } from "../models/rights.js";
import { DeleteDialog } from "./delete_dialog.js";
import { MessageMenu } from "./message_menu.js";
import { UndertoneCard } from "./undertone_card.js";

const PROBLEMS = {
  lost: "There is no connection, so nothing was changed. Please try again when you are connected.",
  timeout: "The service did not confirm the change. Please try again.",
  gateway: "The service did not take the change. Please try again.",
};

/**
 * What people do with a message: ask why and who, react, say how they read it, edit, delete, report, send again. An action applies to the
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
  #markUnread;
  #card;
  #deleteDialog = new DeleteDialog({ onDelete: (message) => this.#remove(message) });
  #menu = new MessageMenu({
    react: (message, emoji, on) => this.react(message, emoji, on),
    edit: (message) => this.#composer.edit(this.#now(message) ?? message),
    unread: (message) => this.#markUnread(this.#here(message)),
    report: (message) => this.#report(this.#now(message) ?? message),
    delete: (message) => this.#deleteDialog.ask(this.#now(message) ?? message),
  });

  /**
   * `room()` is the name of the open room, `rights()` what this person may do there; `people` is the card of somebody,
   * `reasons` asks for the reason of a report; `fetchModel()` asks the service about its model; `markUnread(message)` marks
   * it and all after it as unread.
   */
  constructor({ chat, outbox, room, rights, people, reasons, composer, fetchModel, markUnread }) {
    this.#chat = chat;
    this.#outbox = outbox;
    this.#room = room;
    this.#rights = rights;
    this.#people = people;
    this.#reasons = reasons;
    this.#composer = composer;
    this.#markUnread = markUnread;
    this.#card = new UndertoneCard({ onLabel: (message, label) => this.#label(message, label), fetchModel });
  }

  explain(button, message) {
    this.#card.toggle(button, this.#here(message));
  }

  more(button, message, own) {
    this.#menu.toggle(button, this.#here(message), messageOffers(own, this.#rights()));
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
    else if (begun.length > 0) this.#composer.say("This message was just deleted.");
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
    return this.#change(here, (changes, channel) => changes.marks.react(channel, here, emoji, on));
  }

  /** Changes a message's text; if that does not work, the new text goes back into the box of its room. */
  async edit(message, text) {
    const change = { action: "edit", seq: message.seq, text };
    const problem = await this.#change(message, (changes, channel) => changes.make(channel, change));
    if (problem === null) return;
    this.#composer.edit(message, text);
    this.#composer.say(problem);
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

  #label(message, label) {
    return this.#change(message, (changes, channel) => changes.marks.label(channel, message, label));
  }

  /** Nothing answers a report that was taken; what is wrong with one is said like every other refusal. */
  #report(message) {
    const question = { title: `Report this message by ${message.user.name}?`, words: "The admins of this chat read your reason and the message.", action: "Report" };
    this.#reasons.open(question, ({ reason }) => {
      if (!this.#chat.report(message.room, message.seq, reason)) throw new Error(PROBLEMS.lost);
      this.#composer.say("Your report is on its way to the admins.", { good: true });
    });
  }

  #remove(message) {
    this.#composer.focusWhereKeysAre(); // the button that was pressed goes away with the text
    return this.#change(message, (changes, channel) => changes.make(channel, { action: "delete", seq: message.seq }));
  }

  /** Makes a change to a message; resolves with what went wrong, which is then also shown, or null. */
  async #change({ room }, make) {
    try {
      const channel = this.#chat.channel(room);
      if (!channel) throw new Error(`You have left ${room}, so nothing was changed there.`);
      await make(this.#chat.changes, channel);
      return null;
    } catch (error) {
      const problem = PROBLEMS[error.code] ?? error.message;
      const said = room === this.#room() ? problem : `In ${room}: ${problem}`;
      this.#composer.say(said);
      return said;
    }
  }
}
