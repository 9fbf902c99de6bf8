const SAME_WITHIN_MS = 10_000;
const TO_PERSON = new Set(["room", "mood", "removed", "mine", "session"]);

/**
 * Tells events that the service sends to each connection of a person from those that came already. The connection that brought one
 * first brings it again if it happens again; the others only repeat it.
 */
export class EventsOnce {
  #first = new Map(); // an event's text -> {from, at}: the connection that brought it first, and when

  /** Whether an event that came over the connection `from` at `now` (ms) is to be taken. */
  isNew(frame, from, now) {
    if (!TO_PERSON.has(frame.event)) return true;
    for (const [text, { at }] of this.#first) if (now - at >= SAME_WITHIN_MS) this.#first.delete(text);
    const text = JSON.stringify(frame);
    const known = this.#first.get(text);
    if (known && known.from !== from) return false;
    this.#first.set(text, { from, at: now });
    return true;
  }
}
