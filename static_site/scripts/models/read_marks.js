import { Emitter } from "../lib/emitter.js";
import { KeptMarks } from "./kept_marks.js";
import { isMentioned } from "./mentions.js";

const UNREAD_FROM = "unread-from.";
const OWNER = "reader";
const NOTHING = { unread: 0, mentions: 0 };

/**
 * How far each room was read, and how much of it is unread. The service knows both for all devices of a person; what has
 * come since it was asked is counted here. Whatever a room's log reaches back to is counted from the log alone.
 * Emits "change", with the room if it is one, "listed", and "stale" if only the service can count what is unread.
 */
export class ReadMarks extends Emitter {
  #store;
  #kept;
  #logOf;
  #report;
  #me = null;
  #known = new Map(); // room -> {at, unread, mentions, upTo, direct}: so much of what is stored up to `upTo` came after `at`
  #ends = new Map(); // where the logs of rooms end that were joined before the service said what was read of them
  #listed = false;
  #held = new Set(); // rooms that were marked as unread and not left since

  /** `logOf(room)` is the room's log if it is joined; `report(room, at, isWhole)` tells the service what was read. */
  constructor({ store, logOf, report }) {
    super();
    this.#store = store;
    this.#logOf = logOf;
    this.#report = report;
    this.#kept = new KeptMarks(store, () => this.emit("change"));
    store.onElsewhere((key) => key.startsWith(UNREAD_FROM) && this.emit("change"));
  }

  /** Whose marks they are: those of another person are forgotten. */
  belongTo({ id }) {
    if ((this.#store.get(OWNER) ?? id) !== id) this.forgetAll();
    this.#store.set(OWNER, id);
    this.#me = id;
  }

  /** Whether the service has said what was read; emits "listed" when it does. */
  get isListed() {
    return this.#listed;
  }

  /** The last position that was read of a room; null if it was never read. */
  mark(room) {
    const own = this.#kept.get(room);
    const known = this.#known.get(room);
    const at = Math.max(own ?? 0, known?.at ?? 0);
    return at === 0 && own === null && !known?.direct ? null : at;
  }

  /** The position after which a room is shown as unread, which is before the mark if it was marked as unread; or null. */
  line(room) {
    const mark = this.mark(room);
    const from = this.#store.get(UNREAD_FROM + room);
    return mark !== null && from ? Math.min(mark, from.seq - 1) : mark;
  }

  /** How many messages by others are unread, and how many of those mention this person: `{unread, mentions}`. */
  counts(room) {
    const [line, mark] = [this.line(room), this.mark(room)];
    const known = this.#known.get(room) ?? { at: mark, ...NOTHING, upTo: mark ?? 0 };
    if (line === null) return { unread: 0, mentions: known.mentions };
    const log = this.#logOf(room);
    if (reaches(log, line)) {
      const counted = this.#count(log, line);
      if (line === mark) this.#known.set(room, { ...known, at: mark, ...counted, upTo: endOf(log) });
      return counted;
    }
    const fresh = log ? this.#count(log, Math.max(known.upTo, known.at)) : NOTHING;
    return sum(sum(known, fresh), this.#store.get(UNREAD_FROM + room) ?? NOTHING);
  }

  /** Takes the answer of GET /rooms. */
  take(list) {
    this.#listed = true;
    for (const { room, access, readAt, unread, mentions, lastSeq } of list) {
      if (readAt === undefined) continue;
      const own = this.#kept.get(room) ?? 0;
      const direct = access === "direct";
      // What this page has read since, it has not told yet, or the answer is older.
      if (own >= lastSeq && own > readAt) this.#known.set(room, { at: own, ...NOTHING, upTo: own, direct });
      else this.#known.set(room, { at: Math.max(own, readAt), unread, mentions, upTo: lastSeq, direct });
      if (own > readAt) this.#report(room, own, true);
    }
    for (const [room, end] of this.#ends) this.#begin(room, end);
    this.#ends.clear();
    this.emit("listed");
    this.emit("change");
  }

  /**
   * A room was joined whose log ends there: one that was never read counts from there on. Nothing was read beyond the
   * end: if a mark says so, the log is another one, begun anew.
   */
  joined(room, end) {
    if ((this.#kept.get(room) ?? 0) > end) {
      this.#kept.reset(room, end);
      this.#known.delete(room);
    }
    if (this.#listed) this.#begin(room, end);
    else this.#ends.set(room, end);
  }

  /** The person has opened a room: from now on it is read again, also where it was marked as unread. */
  opened(room) {
    this.#held.delete(room);
  }

  /** Everything up to a position was on the screen. */
  seen(room, at) {
    const log = this.#logOf(room);
    if (this.#move(room, at)) this.#report(room, at, !log || at >= endOf(log));
    this.#readMarked(room, at);
  }

  /** The person has read a room up to a position on another connection. */
  heard(room, at) {
    this.#move(room, at);
  }

  /** Marks a message and all that follow as unread, in this browser: the service's mark never goes back. */
  markUnread(room, seq) {
    this.#held.add(room);
    this.#keepFrom(room, seq);
    this.emit("change", room);
  }

  forgetAll() {
    this.#kept.forgetAll();
    for (const key of [...this.#store.keys(UNREAD_FROM), OWNER]) this.#store.remove(key);
    this.#known.clear();
    this.#ends.clear();
    this.#listed = false;
  }

  #begin(room, end) {
    if (this.mark(room) === null) this.seen(room, end);
  }

  /** Moves a mark forward; false if it is as far already. */
  #move(room, at) {
    const isNews = (this.mark(room) ?? -1) < at;
    if (isNews) this.#kept.move(room, at);
    if (this.#recount(room, at) || isNews) this.emit("change", room);
    return isNews;
  }

  /** Where the log does not reach back far enough, what remains unread is nothing, or for the service to count. */
  #recount(room, at) {
    const known = this.#known.get(room);
    if (!known || known.at >= at) return false;
    this.#known.set(room, at >= known.upTo ? { ...known, at, ...NOTHING, upTo: at } : { ...known, at });
    if (at < known.upTo && !reaches(this.#logOf(room), at)) this.emit("stale");
    return true;
  }

  /** What was marked as unread is read again from its beginning on, once the room was opened anew. */
  #readMarked(room, at) {
    const from = this.#store.get(UNREAD_FROM + room);
    if (!from || this.#held.has(room) || at < from.seq) return;
    if (at >= this.mark(room)) this.#store.remove(UNREAD_FROM + room);
    else this.#keepFrom(room, at + 1);
    this.emit("change", room);
  }

  /** Keeps where what is marked as unread begins, with how much of it is before the mark, for a log that forgets. */
  #keepFrom(room, seq) {
    const log = this.#logOf(room);
    const counted = this.#count(log, seq - 1, this.mark(room) ?? 0);
    this.#store.set(UNREAD_FROM + room, { seq, ...counted });
  }

  #count({ messages }, after, upTo = Infinity) {
    const counted = { ...NOTHING };
    for (let index = messages.length - 1; index >= 0 && messages[index].seq > after; index -= 1) {
      const { seq, user, deleted } = messages[index];
      if (seq > upTo || deleted || user.id === this.#me) continue;
      counted.unread += 1;
      if (isMentioned(messages[index], this.#me)) counted.mentions += 1;
    }
    return counted;
  }
}

/** Whether a log has every message after a position. */
function reaches(log, position) {
  return Boolean(log) && !log.isShortOf(position);
}

function endOf({ messages, cursor }) {
  return messages.at(-1)?.seq ?? cursor;
}

function sum(one, other) {
  return { unread: one.unread + other.unread, mentions: one.mentions + other.mentions };
}
