import { Sequence } from "../lib/sequence.js";
import { Store, storageArea } from "../lib/store.js";

const PREFIX = "draft.";
const EDITS = "edit.";
const REPLIES = "reply.";
const ALL = [PREFIX, EDITS, REPLIES];
const FORGOTTEN = "forgotten";

/**
 * What is being written in each room, kept across reloads, sign-outs by expiry and rooms. Every tab keeps its own text.
 * The newest of all tabs is kept for all, for a tab that has none; one that has emptied its box gets only what is newer.
 */
export class Drafts {
  #shared;
  #own;
  #sequence;

  constructor(shared, own = new Store(storageArea("sessionStorage"))) {
    this.#shared = shared;
    this.#own = own;
    this.#sequence = new Sequence(shared);
    shared.onElsewhere((key) => ALL.some((prefix) => key.startsWith(prefix)) && this.#shareAgain(key));
  }

  get(room) {
    return this.#newest(PREFIX + room) ?? "";
  }

  set(room, text) {
    this.#put(PREFIX + room, text.trim() === "" ? null : text);
  }

  /** The change of a message that has begun in a room, `{message: {room, seq, text}, text}`, or null. */
  edit(room) {
    return this.#belonging(EDITS, room);
  }

  keepEdit({ room, seq, text: before }, text) {
    this.#put(EDITS + room, { message: { room, seq, text: before }, text });
  }

  dropEdit(room) {
    this.#put(EDITS + room, null);
  }

  /** The quote of the message that the draft of a room replies to, or null. */
  reply(room) {
    return this.#belonging(REPLIES, room);
  }

  setReply(room, quote) {
    this.#put(REPLIES + room, quote);
  }

  /** Forgets everything in all tabs, also in those that are closed and will be opened again. */
  clear() {
    this.#shared.set(FORGOTTEN, this.#sequence.next());
    for (const store of [this.#shared, this.#own]) {
      for (const prefix of ALL) for (const key of store.keys(prefix)) store.remove(key);
    }
  }

  /** What goes with the text in the box: while this tab writes something of its own, another tab's does not hide it. */
  #belonging(prefix, room) {
    const writing = this.#record(this.#own, PREFIX + room)?.value;
    return writing ? (this.#record(this.#own, prefix + room)?.value ?? null) : this.#newest(prefix + room);
  }

  /** This tab's own value, or the newest of all tabs, which becomes its own. */
  #newest(key) {
    const own = this.#record(this.#own, key);
    if (own?.value) return own.value;
    const shared = this.#record(this.#shared, key);
    if (!shared || shared.order <= (own?.order ?? -1)) return null;
    this.#own.set(key, shared);
    return shared.value;
  }

  #put(key, value) {
    const before = this.#record(this.#own, key);
    if (value === null && !before) return;
    const record = { value, order: this.#sequence.next() };
    this.#own.set(key, record);
    if (value !== null) this.#shared.set(key, record);
    else if (this.#record(this.#shared, key)?.order === before.order) this.#shared.remove(key);
  }

  /** Another tab has sent or emptied its text, or written an older one: this tab's may be the newest now. */
  #shareAgain(key) {
    const own = this.#record(this.#own, key);
    if (own?.value && own.order > (this.#record(this.#shared, key)?.order ?? -1)) this.#shared.set(key, own);
  }

  /** `{value, order}`, or null if there is none or it was forgotten; earlier versions of the page kept the value alone. */
  #record(store, key) {
    const kept = store.get(key);
    const record = kept === null || kept.order !== undefined ? kept : { value: kept, order: 0 };
    return record && record.order > this.#shared.get(FORGOTTEN, -1) ? record : null;
  }
}
