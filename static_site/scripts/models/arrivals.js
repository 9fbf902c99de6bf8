/**
 * The new messages among what arrives in rooms: not those that a room already had when it was first joined, not twice, and
 * no changes of old ones. What was missed while the connection was lost is new when it comes.
 */
export class Arrivals {
  #known = new WeakMap();
  #onNew;

  /** `onNew(room, messages)` gets them. */
  constructor({ chat, onNew }) {
    this.#onNew = onNew;
    chat.on("live", (channel) => this.#live(channel));
  }

  /** A log that ends before what was known is another one, begun anew. */
  #live(channel) {
    const known = this.#known.get(channel);
    if (known) known.until = Math.min(known.until, channel.log.cursor);
    else this.#follow(channel);
  }

  #follow(channel) {
    this.#known.set(channel, { until: channel.log.cursor, ahead: new Set() });
    channel.on("entries", (entries) => this.#entries(channel, entries));
  }

  /** Frames may overtake one another, so what lies beyond a gap is remembered one by one. */
  #entries(channel, entries) {
    const known = this.#known.get(channel);
    const fresh = entries.filter(({ seq }) => seq > known.until && !known.ahead.has(seq));
    for (const { seq } of fresh) known.ahead.add(seq);
    known.until = Math.max(known.until, channel.log.cursor);
    for (const seq of known.ahead) if (seq <= known.until) known.ahead.delete(seq);
    if (fresh.length > 0) this.#onNew(channel.name, fresh);
  }
}
