import { DeleteDialog } from "./delete_dialog.js";
import { MessageMenu } from "./message_menu.js";
import { UndertoneCard } from "./undertone_card.js";

const PROBLEMS = {
  lost: "There is no connection, so nothing was changed. Please try again when you are connected.",
  timeout: "The service did not confirm the change. Please try again.",
  gateway: "The service did not take the change. Please try again.",
};

/** What people do with a message that is there: ask why, react, say how they read it, change, delete, send again. */
export class MessageActions {
  #chat;
  #outbox;
  #room;
  #composer;
  #card;
  #deleteDialog = new DeleteDialog({ onDelete: (message) => this.#remove(message) });
  #menu = new MessageMenu({
    react: (message, emoji, on) => this.react(message, emoji, on),
    edit: (message) => this.#composer.edit(message),
    remove: (message) => this.#deleteDialog.ask(message),
  });

  /** `room()` is the name of the open room; `fetchModel()` asks the service about its model. */
  constructor({ chat, outbox, room, composer, fetchModel }) {
    this.#chat = chat;
    this.#outbox = outbox;
    this.#room = room;
    this.#composer = composer;
    this.#card = new UndertoneCard({ onLabel: (message, label) => this.#label(message, label), fetchModel });
  }

  explain(button, message) {
    this.#card.toggle(button, message);
  }

  more(button, message, own) {
    this.#menu.toggle(button, message, own);
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
    return this.#change((changes, channel) => changes.react(channel, message, emoji, on));
  }

  /** Changes a message's text; where that does not work, the new text goes back into the box. */
  async edit(message, text) {
    const problem = await this.#change((changes, channel) => changes.make(channel, { action: "edit", seq: message.seq, text }));
    if (problem === null) return;
    this.#composer.edit(message, text);
    this.#composer.say(problem);
  }

  close() {
    this.#card.close();
    this.#menu.close();
  }

  #label(message, label) {
    return this.#change((changes, channel) => changes.label(channel, message, label));
  }

  #remove({ seq }) {
    return this.#change((changes, channel) => changes.make(channel, { action: "delete", seq }));
  }

  /** Makes a change to a message of the open room; resolves with what went wrong, which is then also shown, or null. */
  async #change(make) {
    try {
      await make(this.#chat.changes, this.#chat.channel(this.#room()));
      return null;
    } catch (error) {
      const problem = PROBLEMS[error.code] ?? error.message;
      this.#composer.say(problem);
      return problem;
    }
  }
}
