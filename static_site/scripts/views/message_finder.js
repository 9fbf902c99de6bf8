import { reveal, settled } from "../models/reveal.js";

/** Goes to one message of any room: opens the room, pages back to the message and shows it. */
export class MessageFinder {
  #chat;
  #router;
  #log;
  #say;

  /** `say(words)` tells that it cannot be shown. */
  constructor({ chat, router, log, say }) {
    this.#chat = chat;
    this.#router = router;
    this.#log = log;
    this.#say = say;
  }

  async go(room, seq) {
    this.#router.go(room);
    const channel = this.#chat.channel(room);
    await settled(channel);
    const isOpen = () => this.#router.room === room && this.#chat.channel(room) === channel && channel.state === "live";
    if (!isOpen()) return;
    const problem = await reveal(channel, seq);
    if (!isOpen()) return;
    if (problem) this.#say(problem);
    else requestAnimationFrame(() => isOpen() && this.#log.show(seq)); // the log is brought up to date first
  }
}
