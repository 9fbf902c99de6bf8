import { Emitter } from "../lib/emitter.js";
import { randomUuid } from "../lib/uuid.js";

const PREFIX = "outbox.";
const SAME_ID_MS = 23 * 3600 * 1000; // the service knows a retry by its id for 24 hours

/**
 * What was written and is not yet stored by the service. Each item is kept in localStorage under a key of its own, so
 * that a reload loses nothing and two tabs never overwrite each other: sending twice with one id stores once.
 */
export class Outbox extends Emitter {
  #store;
  #items = new Map();
  #author = null;
  #now;

  constructor(store, now = Date.now) {
    super();
    this.#store = store;
    this.#now = now;
    for (const key of store.keys(PREFIX)) this.#adopt(store.get(key));
    store.onElsewhere((key, value) => key.startsWith(PREFIX) && value === null && this.#forget(key.slice(PREFIX.length)));
  }

  /** What somebody else wrote here before does not go out under this person's name, unless they say so. */
  belongTo(userId) {
    this.#author = userId;
    for (const { id, author } of this.items()) {
      if (author && author !== userId) this.fail(id, "This was written before the last session ended. Retry sends it under your name.");
    }
  }

  /** The items of a room (or of all rooms), oldest first. */
  items(room = null) {
    const all = [...this.#items.values()].filter((item) => room === null || item.room === room);
    return all.toSorted((one, other) => one.createdAt - other.createdAt);
  }

  get(id) {
    return this.#items.get(id);
  }

  add(room, text) {
    const item = { id: randomUuid(), author: this.#author, room, text, createdAt: this.#now(), state: "pending", problem: null };
    this.#put(item);
    return item;
  }

  fail(id, problem) {
    this.#update(id, { state: "failed", problem });
  }

  /** Says why a pending item still waits, e.g. for the rate limit. */
  note(id, problem) {
    this.#update(id, { problem });
  }

  /** Makes a failed item pending again: with the same id, so that it cannot be stored twice, while the service knows it. */
  retry(id) {
    const item = this.#items.get(id);
    if (!item) return;
    // The service knows a message by its author and id.
    const known = this.#now() - item.createdAt < SAME_ID_MS && (item.author ?? this.#author) === this.#author;
    if (!known) this.remove(id);
    const anew = !known && { id: randomUuid(), author: this.#author, createdAt: this.#now() };
    this.#put({ ...item, ...anew, state: "pending", problem: null });
  }

  remove(id) {
    this.#store.remove(PREFIX + id);
    this.#forget(id);
  }

  clear() {
    for (const id of this.#items.keys()) this.remove(id);
  }

  #adopt(item) {
    if (!item?.id) return;
    const old = this.#now() - item.createdAt >= SAME_ID_MS;
    const problem = "This was written more than a day ago and was never sent.";
    this.#items.set(item.id, old ? { ...item, state: "failed", problem } : item);
  }

  #update(id, changes) {
    const item = this.#items.get(id);
    if (item) this.#put({ ...item, ...changes });
  }

  #put(item) {
    this.#items.set(item.id, item);
    this.#store.set(PREFIX + item.id, item);
    this.emit("change", item.room);
  }

  #forget(id) {
    const item = this.#items.get(id);
    if (item && this.#items.delete(id)) this.emit("change", item.room);
  }
}
