import { firstIndex } from "../lib/binary_search.js";
import { timeZone } from "./today.js";

const MAX_PAUSE_IN_GROUP_MS = 60_000; // an author who continues within a minute needs no new heading
const MAX_GROUP_MS = 5 * 60_000;
const START = { userId: null, day: null, start: null, last: null };

/** What a whole log shows, top to bottom; see `Timeline`. */
export function timeline(room) {
  const line = new Timeline();
  line.update(room);
  return line.rows(0, line.length);
}

/**
 * What a room's log shows: one entry for each stored message, then one for each that is on its way, and above an entry the
 * lines that stand before it: its day, the line before what is new. `key` stays the same for a message from its first
 * appearance to its last change, and no two rows share one. Rows keep the log's order; the clocks of those who write need
 * not agree with it, so a day has its one line above the first of its messages, also if one of another day comes between.
 *
 * An update does again only what differs from the one before, and an entry that is as it was is the same object: what an
 * update costs does not depend on the length of the log.
 */
export class Timeline {
  #stored = [];
  #pending = [];
  #keys = new Set();
  #days = new Set();
  #unreadAt = null; // the index of the entry below the line before what is new
  #readMark = null;
  #zone = null;
  #me = null;

  /** How many entries there are, with those that are on their way. */
  get length() {
    return this.#stored.length + this.#pending.length;
  }

  /** How many of the entries, from the first on, are stored messages. */
  get storedLength() {
    return this.#stored.length;
  }

  /** The index of the entry below the line before what is new, or null if there is none. */
  get unreadAt() {
    return this.#unreadAt;
  }

  seqAt(index) {
    return this.#stored[index].seq;
  }

  /** The index of the first stored message with this `seq` or a higher one. */
  indexOf(seq) {
    return firstIndex(this.#stored, (entry) => entry.seq >= seq);
  }

  /** Takes a log's messages in order of `seq`, and what waits in the outbox. */
  update({ messages, outbox, me, readMark }) {
    this.#forgetWhatIsNotSo(me, readMark);
    const cut = this.#cutTo(this.#keptOf(messages));
    let next = 0;
    for (let index = this.#stored.length; index < messages.length; index += 1) {
      const message = messages[index];
      while (cut[next]?.seq < message.seq) next += 1;
      this.#append(message, cut[next]?.seq === message.seq ? cut[next] : null);
    }
    this.#waiting(outbox);
  }

  /** The rows of the entries from one index up to another, with the lines above them. */
  rows(from, to) {
    const found = [];
    for (let index = from; index < to; index += 1) {
      const entry = this.#stored[index] ?? this.#pending[index - this.#stored.length];
      found.push(...entry.above, entry);
    }
    return found;
  }

  /** Where days begin depends on the time zone, and the line before what is new on the mark. */
  #forgetWhatIsNotSo(me, readMark) {
    const zone = timeZone();
    const newest = this.#stored.at(-1)?.seq ?? 0;
    const sameLine = readMark === this.#readMark || (this.#unreadAt === null && (readMark === null || readMark >= newest));
    if (zone !== this.#zone || me.id !== this.#me?.id || !sameLine) this.#cutTo(0);
    this.#zone = zone;
    this.#me = me;
    this.#readMark = readMark;
  }

  /** How many entries still say where they stand; those that only have another state take it. */
  #keptOf(messages) {
    const most = Math.min(messages.length, this.#stored.length);
    for (let index = 0; index < most; index += 1) {
      const message = messages[index];
      const entry = this.#stored[index];
      if (entry.message === message) continue;
      if (!standsThere(entry.message, message)) return index;
      this.#stored[index] = { ...entry, message };
    }
    return most;
  }

  /** Takes the entries from an index on away, and returns them. */
  #cutTo(length) {
    const cut = this.#stored.splice(length);
    for (const { key, above } of cut) {
      this.#keys.delete(key);
      for (const row of above) if (row.kind === "day") this.#days.delete(row.day);
    }
    if (this.#unreadAt >= length) this.#unreadAt = null;
    return cut;
  }

  /** `known` is the entry that the message had, or null: with older messages above them, most others stay as they are. */
  #append(message, known) {
    const { id, seq, user, sentAt } = message;
    const plain = known?.plain ?? `${user.id} ${id}`;
    const key = this.#keys.has(plain) ? `${plain} ${seq}` : plain; // an id may come twice: after a day the service knows it no longer
    const isNew = this.#readMark !== null && this.#unreadAt === null && seq > this.#readMark && user.id !== this.#me.id;
    const before = this.#stored.at(-1)?.group ?? START;
    const entry = known?.key === key && known.message === message && staysSo(known, before, this.#days, isNew)
      ? known
      : placed({ key, plain, seq, user, time: new Date(sentAt), state: "stored", id, message, own: user.id === this.#me.id }, before, this.#days, isNew);
    if (isNew) this.#unreadAt = this.#stored.length;
    this.#keys.add(key);
    this.#days.add(entry.group.day);
    this.#stored.push(entry);
  }

  /** What is on its way, but for what the log has already and which is not yet confirmed. */
  #waiting(outbox) {
    this.#pending = [];
    if (outbox.length === 0) return;
    const me = this.#me;
    const days = new Set(this.#days);
    let before = this.#stored.at(-1)?.group ?? START;
    this.#pending = outbox.flatMap(({ id, text, replyTo, mentions, files, createdAt, state, problem }) => {
      const key = `${me.id} ${id}`;
      if (this.#keys.has(key)) return [];
      const message = { text, replyTo, mentions, files, sentiment: null, reactions: {}, labels: {} };
      const entry = placed({ key, seq: null, user: me, time: new Date(createdAt), state, id, message, problem, own: true }, before, days, false);
      days.add(entry.group.day);
      before = entry.group;
      return [entry];
    });
  }
}

/** True if an entry would be placed as it was, after the one that is now before it. */
function staysSo({ first, group, above, user, time }, before, days, isNew) {
  if (first !== beginsGroup({ user, time }, group.day, before, isNew) || (!first && group.start !== before.start)) return false;
  return has(above, "day") !== days.has(group.day) && has(above, "unread") === isNew;
}

function has(rows, kind) {
  return rows.some((row) => row.kind === kind);
}

/** An entry with what follows from the one before it. */
function placed(entry, before, days, isNew) {
  const day = dayOf(entry.time);
  const first = beginsGroup(entry, day, before, isNew);
  const above = [];
  if (!days.has(day)) above.push({ kind: "day", key: `day ${day}`, day, time: entry.time });
  if (isNew) above.push({ kind: "unread", key: "unread" });
  const group = { userId: entry.user.id, day, start: first ? entry.time : before.start, last: entry.time };
  return { ...entry, kind: "message", first, group, above };
}

function beginsGroup(entry, day, before, isNew) {
  return isNew || day !== before.day || !continues(before, entry);
}

function continues(group, { user, time }) {
  if (group.userId !== user.id) return false;
  return time - group.last <= MAX_PAUSE_IN_GROUP_MS && time - group.start <= MAX_GROUP_MS;
}

/** True if a message is another state of one that is shown, so that nothing around it changes. */
function standsThere(shown, { seq, id, sentAt, user }) {
  return shown.seq === seq && shown.id === id && shown.sentAt === sentAt && shown.user.id === user.id && shown.user.name === user.name;
}

function dayOf(time) {
  return `${time.getFullYear()}-${time.getMonth() + 1}-${time.getDate()}`;
}
