const PAGE_SIZE = 50;
const FAR_BACK = 1_000; // positions: nearer messages are paged to in the log itself

/** True if a message lies so far before what a log has that the pages between would be many. */
export function isFarBack(log, seq) {
  return log.hasOlder && log.oldest - seq > FAR_BACK;
}

/**
 * A part of a room's past that the log does not reach: a page around one message, which can be continued both ways.
 * `messages` are in the order of the log; `hasEarlier` and `hasLater` say whether there are more.
 */
export class Excerpt {
  messages = [];
  hasEarlier = true;
  hasLater = true;
  #ask;
  #room;

  /** `ask(room, {before, limit})` resolves with `{messages, more}`; what it asks for may be changed messages too. */
  constructor(ask, room) {
    this.#ask = ask;
    this.#room = room;
  }

  /** Resolves with whether the message is there. */
  async around(seq) {
    await this.#load(seq + PAGE_SIZE / 2);
    return this.messages.some((message) => message.seq === seq);
  }

  async earlier() {
    await this.#load(this.messages[0]?.seq ?? 1);
  }

  /** The page that ends as many places further on: it can have no more messages than there are places. */
  async later() {
    const newest = this.messages.at(-1).seq;
    const before = this.messages.length;
    await this.#load(newest + PAGE_SIZE + 1);
    if (this.messages.length === before) await this.#lookFurther(newest + PAGE_SIZE + 1);
  }

  /** Changes of older messages take places too: fifty of them in a row hold no message. */
  async #lookFurther(from) {
    const { messages } = await this.#ask(this.#room, { limit: 1 });
    const newest = messages.at(-1)?.seq ?? 0;
    const known = this.messages.length;
    for (let before = from + PAGE_SIZE; known === this.messages.length && before <= newest + PAGE_SIZE; before += PAGE_SIZE) await this.#load(before);
    this.hasLater = this.messages.length > known;
  }

  async #load(before) {
    const first = this.messages[0]?.seq ?? Infinity;
    const page = await this.#ask(this.#room, { before, limit: PAGE_SIZE });
    const all = new Map([...this.messages, ...page.messages.filter((one) => !one.void)].map((message) => [message.seq, message]));
    this.messages = [...all.values()].toSorted((one, other) => one.seq - other.seq);
    if ((page.messages[0]?.seq ?? 0) <= first) this.hasEarlier = page.more;
  }
}
