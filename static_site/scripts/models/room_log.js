import { firstIndex } from "../lib/binary_search.js";

const TRIMMED_AT_ONCE = 50; // taking the first away moves all others, so it is not done for each message

/**
 * One room's numbered log as far as this page knows it. Messages are kept by `seq`; the log is followed by `at`:
 * up to `cursor` everything is known, and entries beyond a gap wait in `#ahead` until the gap is filled.
 */
export class RoomLog {
  cursor = null; // null until the first page
  hasOlder = false;
  #bySeq = new Map();
  #ordered = [];
  #ahead = new Set();
  #floor = Infinity; // the lowest position that a page has covered; below it there may be unknown messages

  /** The messages in order of `seq`, without voids. Do not change the array. */
  get messages() {
    return this.#ordered;
  }

  /** The bound for the page before what is known. */
  get oldest() {
    return this.#floor;
  }

  /** True if entries arrived that do not follow the ones before. */
  get hasGap() {
    return this.#ahead.size > 0;
  }

  /** Whether there may be messages after a position that are not known here. */
  isShortOf(position) {
    return this.cursor === null || (this.hasOlder && this.#floor > position + 1);
  }

  /** How many messages of others came after a position; `atLeast` if there may be more that are not known here. */
  countAfter(position, userId) {
    let count = 0;
    for (let index = this.#indexOf(position + 1); index < this.#ordered.length; index += 1) {
      const { user, deleted } = this.#ordered[index];
      if (user.id !== userId && !deleted) count += 1;
    }
    return { count, atLeast: this.hasOlder && this.#floor > position + 1 };
  }

  get(seq) {
    return this.#bySeq.get(seq);
  }

  /** Begins with the newest page of a room. */
  open({ messages, lastSeq, more }) {
    this.#bySeq.clear();
    this.#ordered = [];
    this.#ahead.clear();
    this.cursor = lastSeq;
    this.#extendDown(messages, more, lastSeq + 1);
    return this.#merge(messages);
  }

  /** Takes live entries; returns the messages that are new or changed. */
  receive(entries) {
    const changed = this.#merge(entries.map((entry) => this.#withMine(entry)));
    for (const { at } of entries) if (at > this.cursor) this.#ahead.add(at);
    this.#advance();
    return changed;
  }

  /** Takes a page of what follows `cursor`: places that the page leaves out were replaced by later ones. */
  recover({ messages, lastSeq = 0, more }) {
    const changed = this.#merge(messages);
    const last = messages.at(-1)?.at ?? 0;
    this.cursor = Math.max(this.cursor, last, more ? 0 : lastSeq);
    this.#advance();
    return changed;
  }

  /** Takes the page before `oldest`. */
  prepend({ messages, more }) {
    this.#extendDown(messages, more && messages.length > 0, this.#floor);
    return this.#merge(messages);
  }

  /** Notes what the asking user's own reactions and label are: pages tell, live entries do not. */
  remember(seq, mine) {
    if (!this.#bySeq.has(seq)) return;
    const index = this.#indexOf(seq);
    this.#ordered[index] = { ...this.#ordered[index], mine };
    this.#bySeq.set(seq, this.#ordered[index]);
  }

  /** Forgets the oldest messages once there are some more than `most`; they can be paged in again. True if some were forgotten. */
  trim(most, atOnce = TRIMMED_AT_ONCE) {
    const surplus = this.#ordered.length - most;
    if (surplus < atOnce) return false;
    for (const { seq } of this.#ordered.splice(0, surplus)) this.#bySeq.delete(seq);
    this.#floor = this.#ordered[0].seq;
    this.hasOlder = true;
    return true;
  }

  #extendDown(messages, more, otherwise) {
    this.hasOlder = more;
    this.#floor = more ? (messages[0]?.seq ?? otherwise) : 1;
  }

  #withMine(entry) {
    const { mine, editedAt } = this.#bySeq.get(entry.seq) ?? {};
    if (!mine || entry.mine) return entry;
    const edited = entry.editedAt !== editedAt; // which takes every label away: they were about another text
    return { ...entry, mine: edited ? { ...mine, label: null } : mine };
  }

  #merge(entries) {
    return entries.filter((entry) => !entry.void && this.#put(entry));
  }

  #put(message) {
    const known = this.#bySeq.get(message.seq);
    if (known && message.at <= known.at) return false;
    if (message.seq < this.#floor) return false; // its page will bring the newest state
    const index = this.#indexOf(message.seq);
    this.#ordered.splice(index, known ? 1 : 0, message);
    this.#bySeq.set(message.seq, message);
    return true;
  }

  /** Where `seq` stands or belongs. */
  #indexOf(seq) {
    return firstIndex(this.#ordered, (message) => message.seq >= seq);
  }

  #advance() {
    while (this.#ahead.delete(this.cursor + 1)) this.cursor += 1;
    for (const at of this.#ahead) if (at <= this.cursor) this.#ahead.delete(at);
  }
}
