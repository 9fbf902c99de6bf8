import { t } from "../lib/i18n.js";
import { Backoff } from "./backoff.js";

const DOUBT_AFTER_MS = 3_000; // a service that is there confirms sooner, as a rule
const CONFIRM_TIMEOUT_MS = 8_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1; // a longer one would go off at once
const FINAL = new Set(["invalid", "too_large", "forbidden", "not_found", "access_denied", "conflict", "bad_json", "bad_frame", "unknown_action"]);

/**
 * Brings the outbox to the service, one message of a room at a time: frames of one connection may be processed side by
 * side, and what a person writes must keep its order. The sender's own copy in the log is the acknowledgement. Whatever
 * may pass holds the room's messages back, for as long as it lasts; only a refusal for good lets the next one go first.
 */
export class Sender {
  #outbox;
  #channelOf;
  #send;
  #doubt;
  #lanes = new Map(); // room -> what is known of the message at the head of its queue

  /** `doubt()` hears that a message was not confirmed soon: the connection may be dead although it looks open. */
  constructor({ outbox, channelOf, send, doubt }) {
    this.#outbox = outbox;
    this.#channelOf = channelOf;
    this.#send = send;
    this.#doubt = doubt;
  }

  /** Sends the room's next message unless one is on its way or the room cannot take it now. */
  pump(room) {
    const lane = this.#lane(room);
    const next = this.#outbox.items(room).find((item) => item.state === "pending");
    if (lane.id !== next?.id) free(lane); // it was deleted, or another tab saw it stored
    if (!next || lane.timer || this.#channelOf(room)?.state !== "live") return;
    lane.id = next.id;
    const restMs = lane.notBefore - performance.now();
    if (restMs > 0) this.#wait(room, lane, restMs);
    else this.#transmit(next, lane);
  }

  /** Looks for confirmations among the entries of a room's log. */
  confirm(room, entries, userId) {
    const own = entries.filter((entry) => entry.user?.id === userId && this.#outbox.get(entry.id)?.room === room);
    for (const { id } of own) {
      if (this.#lane(room).id === id) this.#settled(this.#lane(room));
      this.#outbox.remove(id);
    }
    if (own.length > 0) this.pump(room);
  }

  /** An `error` event that names the refused message. */
  refused({ id, code, message, retryAfter }) {
    const item = this.#outbox.get(id);
    const lane = item && this.#lanes.get(item.room);
    if (!item || lane?.id !== id) return;
    if (lane.firstTry) this.#outbox.notStored(id);
    if (FINAL.has(code)) {
      this.#settled(lane);
      this.#outbox.fail(id, message);
      this.pump(item.room);
    } else if (code === "not_joined") {
      free(lane);
      this.#channelOf(item.room)?.join();
    } else {
      this.#again(item.room, lane, { limited: code === "rate_limited", retryAfterMs: Number(retryAfter) * 1000 || 0 });
    }
  }

  /** The room cannot be joined, for good: nothing that was written for it can be sent. */
  roomRefused(room, message) {
    free(this.#lane(room));
    for (const { id, state } of this.#outbox.items(room)) if (state === "pending") this.#outbox.fail(id, message);
  }

  /** The gateway failed some frame without saying which: whatever is on its way is retried with the same id. */
  gatewayFailed() {
    for (const [room, lane] of this.#lanes) if (lane.onTheWay) this.#again(room, lane);
  }

  /** The connection of these rooms is gone: messages stay pending and go out after the next join, though not before the service allows it. */
  connectionLost(rooms) {
    for (const lane of rooms.map((room) => this.#lane(room))) {
      if (lane.id) this.#outbox.note(lane.id, null);
      free(lane);
    }
  }

  #lane(room) {
    const fresh = { id: null, timer: null, doubt: null, onTheWay: false, firstTry: true, failures: 0, backoff: new Backoff(), notBefore: 0 };
    if (!this.#lanes.has(room)) this.#lanes.set(room, fresh);
    return this.#lanes.get(room);
  }

  #transmit({ id, room, text, replyTo, mentions, files, sentAt }, lane) {
    lane.onTheWay = true;
    lane.firstTry = sentAt === null;
    lane.timer = setTimeout(() => this.#again(room, lane), CONFIRM_TIMEOUT_MS);
    lane.doubt = setTimeout(this.#doubt, DOUBT_AFTER_MS);
    if (lane.firstTry) this.#outbox.sending(id);
    const about = { replyTo: replyTo?.seq, mentions: idsOf(mentions), files: idsOf(files) };
    this.#send({ action: "send", room, id, text, ...about });
  }

  /** Waits and tries the same message again, ever more slowly; the others stay behind it. */
  #again(room, lane, { limited = false, retryAfterMs = 0 } = {}) {
    const backoffMs = lane.backoff.next();
    const delayMs = limited ? retryAfterMs || Math.max(1000, backoffMs) : Math.max(retryAfterMs, backoffMs);
    lane.failures += 1;
    lane.notBefore = retryAfterMs > 0 ? performance.now() + retryAfterMs : 0;
    this.#wait(room, lane, delayMs);
    if (limited) this.#outbox.note(lane.id, t("outbox.limited", { seconds: Math.ceil(delayMs / 1000) }));
    else if (lane.failures > 1) this.#outbox.note(lane.id, t("outbox.not_taken")); // a single failure passes before anybody has read it
  }

  #wait(room, lane, delayMs) {
    clearTimeout(lane.timer);
    clearTimeout(lane.doubt);
    lane.onTheWay = false;
    lane.timer = setTimeout(
      () => {
        lane.timer = null;
        this.pump(room);
      },
      Math.min(delayMs, LONGEST_TIMER_MS),
    );
  }

  /** The service has taken the message or refused it for good: it answers, so the next one has its tries anew. */
  #settled(lane) {
    free(lane);
    lane.failures = 0;
    lane.backoff.reset();
  }
}

function idsOf(things) {
  return things?.length > 0 ? things.map((thing) => thing.id) : undefined;
}

function free(lane) {
  clearTimeout(lane.timer);
  clearTimeout(lane.doubt);
  lane.id = null;
  lane.timer = null;
  lane.onTheWay = false;
}
