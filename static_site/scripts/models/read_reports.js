const SOON_MS = 1_000; // what is read within a second is one report
const PARTLY_MS = 10_000; // whoever still reads on will have read more
const INTERVAL_MS = 240_000; // a report costs as much as a ping: whoever stays, and reads as it comes, tells seldom
const UNSURE_MS = 10_000; // nothing answers a report: one that a lost connection may have taken along is sent again

/**
 * Tells the service how far rooms were read: soon after somebody has read all of a room, every few minutes while they stay
 * and read what comes, and at once when they leave.
 */
export class ReadReports {
  #send;
  #rooms = new Map(); // room -> {at, sent, sentAt, wasWhole, timer, dueAt}

  /** `send(room, at)` is false if it cannot be told now. */
  constructor({ send }) {
    this.#send = send;
  }

  /** Notes that a room was read up to a position; `isWhole` says that this is all of it. */
  note(room, at, isWhole) {
    const report = this.#of(room);
    if (at <= report.at) return;
    report.at = at;
    const now = performance.now();
    const isNews = isWhole && !report.wasWhole;
    this.#schedule(room, isNews ? now + SOON_MS : Math.max(now + PARTLY_MS, report.sentAt + INTERVAL_MS));
    report.wasWhole ||= isWhole;
  }

  /** Tells what is noted of a room, if something is and can be told. */
  tell(room) {
    const report = this.#of(room);
    this.#unschedule(report);
    if (report.at <= report.sent || !this.#send(room, report.at)) return;
    report.sent = report.at;
    report.sentAt = performance.now();
  }

  /** Somebody leaves a room: the service hears of it at once, and soon when they have read on after they are back. */
  leave(room) {
    this.tell(room);
    Object.assign(this.#of(room), { wasWhole: false, sentAt: -Infinity });
  }

  leaveAll() {
    for (const room of this.#rooms.keys()) this.leave(room);
  }

  /** The connection is gone. */
  lost() {
    for (const report of this.#rooms.values()) if (performance.now() - report.sentAt < UNSURE_MS) report.sent = 0;
  }

  /** Somebody else may come. */
  forget() {
    for (const report of this.#rooms.values()) this.#unschedule(report);
    this.#rooms.clear();
  }

  #schedule(room, dueAt) {
    const report = this.#of(room);
    if (report.dueAt <= dueAt) return;
    this.#unschedule(report);
    report.dueAt = dueAt;
    report.timer = setTimeout(() => this.tell(room), dueAt - performance.now());
  }

  #unschedule(report) {
    clearTimeout(report.timer);
    report.dueAt = Infinity;
  }

  #of(room) {
    if (!this.#rooms.has(room)) this.#rooms.set(room, { at: 0, sent: 0, sentAt: -Infinity, wasWhole: false, timer: null, dueAt: Infinity });
    return this.#rooms.get(room);
  }
}
