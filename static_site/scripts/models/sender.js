import { Backoff } from "./backoff.js";

const CONFIRM_TIMEOUT_MS = 8_000;
const MAX_ATTEMPTS = 4;
const RETRYABLE = new Set(["unavailable", "conflict"]);

/**
 * Brings the outbox to the service, one message of a room at a time: frames of one connection may be processed side by
 * side, and what a person writes must keep its order. The sender's own copy in the log is the acknowledgement.
 */
export class Sender {
  #outbox;
  #channelOf;
  #send;
  #lanes = new Map(); // room -> {id, tries, backoff, sent, timer}

  constructor({ outbox, channelOf, send }) {
    this.#outbox = outbox;
    this.#channelOf = channelOf;
    this.#send = send;
  }

  /** Sends the room's next message unless one is on its way or the room cannot take it now. */
  pump(room) {
    const lane = this.#lanes.get(room);
    if (lane?.timer || this.#channelOf(room)?.state !== "live") return;
    const next = this.#outbox.items(room).find((item) => item.state === "pending");
    if (next) this.#transmit(next, lane?.id === next.id ? lane : { id: next.id, tries: 0, backoff: new Backoff() });
  }

  /** Looks for confirmations among the entries of a room's log. */
  confirm(room, entries, userId) {
    const own = entries.filter((entry) => entry.user?.id === userId && this.#outbox.get(entry.id)?.room === room);
    for (const { id } of own) {
      if (this.#lanes.get(room)?.id === id) this.#clear(room);
      this.#outbox.remove(id);
    }
    if (own.length > 0) this.pump(room);
  }

  /** An `error` event that names the refused message. */
  refused({ id, code, message, retryAfter }) {
    const item = this.#outbox.get(id);
    const lane = item && this.#lanes.get(item.room);
    if (!item || lane?.id !== id) return;
    if (code === "rate_limited") {
      const seconds = Math.max(1, Math.ceil(retryAfter ?? 1));
      this.#outbox.note(id, `You are writing faster than this room allows. Sending again in ${seconds} s.`);
      this.#wait(item.room, lane, seconds * 1000);
    } else if (code === "not_joined") {
      this.#clear(item.room);
      this.#channelOf(item.room)?.join();
    } else if (RETRYABLE.has(code)) {
      this.#retry(item.room, lane, message);
    } else {
      this.#clear(item.room);
      this.#outbox.fail(id, message);
      this.pump(item.room);
    }
  }

  /** The gateway failed some frame without saying which: whatever is on its way is retried with the same id. */
  gatewayFailed() {
    const onTheirWay = [...this.#lanes].filter(([, lane]) => lane.sent);
    for (const [room, lane] of onTheirWay) this.#retry(room, lane, "The service did not take the message.");
  }

  /** The connection is gone: messages stay pending and go out after the next join. */
  connectionLost() {
    for (const room of this.#lanes.keys()) this.#clear(room);
  }

  #transmit(item, lane) {
    lane.tries += 1;
    lane.sent = true;
    this.#lanes.set(item.room, lane);
    this.#send({ action: "send", room: item.room, id: item.id, text: item.text });
    clearTimeout(lane.timer);
    lane.timer = setTimeout(() => this.#retry(item.room, lane, "The service did not confirm the message."), CONFIRM_TIMEOUT_MS);
  }

  #retry(room, lane, problem) {
    if (lane.tries < MAX_ATTEMPTS) {
      this.#wait(room, lane, lane.backoff.next());
      return;
    }
    this.#clear(room);
    this.#outbox.fail(lane.id, problem);
    this.pump(room);
  }

  #wait(room, lane, delayMs) {
    lane.sent = false;
    clearTimeout(lane.timer);
    lane.timer = setTimeout(() => {
      lane.timer = null;
      this.#outbox.note(lane.id, null);
      this.pump(room);
    }, delayMs);
  }

  #clear(room) {
    clearTimeout(this.#lanes.get(room)?.timer);
    this.#lanes.delete(room);
  }
}
