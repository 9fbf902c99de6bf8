import { t } from "../lib/i18n.js";
import { isFarBack } from "../models/excerpt.js";
import { reveal, settled } from "../models/reveal.js";

/** Goes to one message of any room: opens the room, pages back to the message and shows it; far back, an excerpt shows it. */
export class MessageFinder {
  #chat;
  #router;
  #log;
  #excerpt;
  #say;

  /** `say(words)` tells that it cannot be shown; `excerpt.open(room, seq)` shows a part of the past, or resolves with why not. */
  constructor({ chat, router, log, excerpt, say }) {
    this.#chat = chat;
    this.#router = router;
    this.#log = log;
    this.#excerpt = excerpt;
    this.#say = say;
  }

  async go(room, seq) {
    this.#router.go(room);
    const channel = this.#chat.channel(room);
    await settled(channel);
    const isOpen = () => this.#router.room === room && this.#chat.channel(room) === channel && channel.state === "live";
    if (!isOpen()) return;
    const far = isFarBack(channel.log, seq);
    const problem = await (far ? this.#excerpt.open(room, seq) : reveal(channel, seq)).catch((error) => error.message);
    if (!isOpen()) return;
    if (problem) this.#say(problem);
    else if (!far) requestAnimationFrame(() => isOpen() && this.#show(channel.log.get(seq), seq)); // the log is brought up to date first
  }

  #show(message, seq) {
    this.#log.show(seq);
    if (message?.deleted) this.#say(t("message.was_deleted"));
  }
}
