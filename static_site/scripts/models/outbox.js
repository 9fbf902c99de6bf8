import { Emitter } from "../lib/emitter.js";
import { t } from "../lib/i18n.js";
import { Sequence } from "../lib/sequence.js";
import { randomUuid } from "../lib/uuid.js";
import { messageParts } from "./message_parts.js";

const PREFIX = "outbox.";
const SAME_ID_MS = 23 * 3600 * 1000; // the service knows a retry by its id for 24 hours

/**
 * What was written and is not yet stored by the service. Each item is kept in localStorage under a key of its own, so
 * that a reload loses nothing and two tabs never overwrite each other: sending twice with one id stores once. `order`
 * says what comes before what; times are for people, since their clock may be set back while they write.
 */
export class Outbox extends Emitter {
  #store;
  #sequence;
  #items = new Map();
  #author = null;
  #now;

  constructor(store, now = Date.now) {
    super();
    this.#store = store;
    this.#sequence = new Sequence(store);
    this.#now = now;
    for (const key of store.keys(PREFIX)) this.#adopt(store.get(key));
    store.onElsewhere((key, value) => key.startsWith(PREFIX) && value === null && this.#forget(key.slice(PREFIX.length)));
  }

  /** What somebody else wrote here before does not go out under this person's name, unless they say so. */
  belongTo(userId) {
    this.#author = userId;
    for (const { id, author } of this.items()) {
      if (author && author !== userId) this.fail(id, t("outbox.other_author"));
    }
  }

  /** The items of a room (or of all rooms) in the order in which they were written. */
  items(room = null) {
    const all = [...this.#items.values()].filter((item) => room === null || item.room === room);
    return all.toSorted((one, other) => (one.order ?? 0) - (other.order ?? 0) || one.createdAt - other.createdAt);
  }

  get(id) {
    return this.#items.get(id);
  }

  /** `replyTo` is the quote of the message that this one replies to, `mentions` are the people whom it mentions, `files` what was uploaded for it. */
  add(room, text, { replyTo = null, mentions = [], files = [] } = {}) {
    const item = { ...this.#anew(), room, text, replyTo, mentions, files, state: "pending", problem: null };
    this.#put(item);
    return item;
  }

  /** The same for several texts, `{text, mentions}`, and any number of files: as many messages as they need, in their order. */
  addAll(room, texts, about) {
    for (const { text, ...own } of messageParts(texts, about)) this.add(room, text, own);
  }

  fail(id, problem) {
    this.#update(id, { state: "failed", problem });
  }

  /** Says why a pending item still waits, e.g. for the rate limit. */
  note(id, problem) {
    if (this.#items.get(id)?.problem !== problem) this.#update(id, { problem });
  }

  /** From the first sending on, an item may be stored without this page knowing. */
  sending(id) {
    this.#update(id, { sentAt: this.#now() });
  }

  /** The only sending so far was refused, so nothing is stored. */
  notStored(id) {
    this.#update(id, { sentAt: null });
  }

  /** Makes a failed item pending again, after all others: with the same id, so that it cannot be stored twice, while the service knows it. */
  retry(id) {
    const item = this.#items.get(id);
    if (!item) return;
    // The service knows a message by its author and id.
    const known = !this.#isInDoubt(item) && (item.author ?? this.#author) === this.#author;
    if (!known) this.remove(id);
    const anew = known ? { order: this.#sequence.next() } : this.#anew();
    this.#put({ ...item, ...anew, state: "pending", problem: null });
  }

  remove(id) {
    this.#store.remove(PREFIX + id);
    this.#forget(id);
  }

  clear() {
    for (const id of this.#items.keys()) this.remove(id);
  }

  #anew() {
    return { id: randomUuid(), author: this.#author, order: this.#sequence.next(), createdAt: this.#now(), sentAt: null };
  }

  #adopt(item) {
    if (!item?.id) return;
    const waiting = item.state === "pending" ? { ...item, problem: null } : item;
    this.#items.set(item.id, this.#isInDoubt(item) ? { ...item, state: "failed", problem: t("outbox.in_doubt") } : waiting);
  }

  /** True if the service may have stored an item so long ago that it would not recognise it. */
  #isInDoubt({ sentAt, createdAt }) {
    const since = sentAt === undefined ? createdAt : sentAt; // earlier versions of the page did not note it
    return since !== null && this.#now() - since >= SAME_ID_MS;
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
