const SOON_MS = 1_000; // what is read within a second is one report
const INTERVAL_MS = 20_000;
const UNSURE_MS = 10_000; // nothing answers a report: one that a lost connection may have taken along is sent again

/** Tells the service how far rooms were read: soon at first, then now and then, and at once when it matters. */
export class ReadReports {
  #send;
  #rooms = new Map(); // room -> {at, sent, sentAt, timer}

  /** `send(room, at)` is false if it cannot be told now. */
  constructor({ send }) {
    this.#send = send;
  }

  /** Notes that a room was read up to a position. */
  note(room, at) {
    const report = this.#of(room);
    if (at <= report.at) return;
    report.at = at;
    report.timer ??= setTimeout(() => this.tell(room), Math.max(SOON_MS, report.sentAt + INTERVAL_MS - performance.now()));
  }

  /** Tells at once what is noted of a room: it is left, or can be told about again. */
  tell(room) {
    const report = this.#of(room);
    clearTimeout(report.timer);
    report.timer = null;
    if (report.at <= report.sent || !this.#send(room, report.at)) return;
    report.sent = report.at;
    report.sentAt = performance.now();
  }

  tellAll() {
    for (const room of this.#rooms.keys()) this.tell(room);
  }

  /** The connection is gone. */
  lost() {
    for (const report of this.#rooms.values()) if (performance.now() - report.sentAt < UNSURE_MS) report.sent = 0;
  }

  /** Somebody else may come. */
  forget() {
    for (const { timer } of this.#rooms.values()) clearTimeout(timer);
    this.#rooms.clear();
  }

  #of(room) {
    if (!this.#rooms.has(room)) this.#rooms.set(room, { at: 0, sent: 0, sentAt: -Infinity, timer: null });
    return this.#rooms.get(room);
  }
}
