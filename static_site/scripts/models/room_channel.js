import { Emitter } from "../lib/emitter.js";
import { Timers } from "../lib/timers.js";
import { Backoff } from "./backoff.js";
import { OlderPages } from "./older_pages.js";
import { RequestError } from "./requests.js";
import { RoomLog } from "./room_log.js";

const GAP_GRACE_MS = 300; // frames may overtake one another; only a gap that stays is recovered
const RECOVERY_PAGE_SIZE = 100;
const MAX_REPLAYED = 1_000; // beyond this, reading the newest page is kinder than replaying everything
const MAX_KEPT = 1_000;
const FINAL = new Set(["invalid", "forbidden", "not_found"]);

/**
 * This page's subscription to one room: joins, follows the log, fills gaps, pages back. `state` is "idle", "joining",
 * "live" or "refused". Emits "state", "entries" (what arrived, voids left out), "older", "people" and "problem".
 */
export class RoomChannel extends Emitter {
  state = "idle";
  people = null;
  refusal = null; // why the room is refused, with `code` and `message`
  log = new RoomLog();
  #room;
  #connection;
  #held = [];
  #backoff = new Backoff();
  #timers = new Timers();
  #generation = 0; // answers for an earlier connection must not touch this one
  #recovering = false;
  #recoveryDue = null;
  #cursorAtPong = 0;
  #older = new OlderPages({
    log: this.log,
    ask: (frame) => this.#ask(frame),
    onPage: (messages) => this.emit("older", messages),
  });

  constructor(room, connection) {
    super();
    this.#room = room;
    this.#connection = connection;
  }

  get name() {
    return this.#room;
  }

  async join() {
    const generation = this.#restart("joining");
    try {
      const joined = await this.#ask({ action: "join", after: this.log.cursor ?? undefined });
      if (generation !== this.#generation) return;
      await this.#joined(joined, generation);
    } catch (error) {
      this.#failed(error, generation, () => this.join());
    }
  }

  /** The connection is gone; what is known stays, and the next join asks for what follows it. */
  lost() {
    this.#restart("idle");
  }

  leave() {
    if (this.state !== "refused") this.#connection.send({ action: "leave", room: this.#room });
    this.#restart("idle");
  }

  /** The room is closed to this person. */
  shut(refusal) {
    this.refusal = refusal;
    this.#become("refused");
  }

  receive(entries) {
    if (this.state === "live") this.#live(entries);
    else this.#held.push(...entries);
  }

  /** How far the room was delivered, from a pong. More than is known means a lost push; less, perhaps another log. */
  delivered(lastSeq) {
    if (this.state !== "live") return;
    if (lastSeq > this.log.cursor) this.#recoverLater(GAP_GRACE_MS, lastSeq);
    if (lastSeq < this.#cursorAtPong) this.join();
    else this.#cursorAtPong = this.log.cursor;
  }

  setPeople(online) {
    this.people = Array.isArray(online) ? online.length : online;
    this.emit("people", this.people);
  }

  /** Loads the page before the oldest message; resolves with whether something came. */
  loadOlder() {
    return this.state === "live" && this.log.hasOlder ? this.#older.load() : Promise.resolve(false);
  }

  get loadingOlder() {
    return this.#older.loading;
  }

  /** The user's own reactions and label of a message. */
  remember(seq, mine) {
    this.log.remember(seq, mine);
    this.emit("entries", []);
  }

  /** Keeps memory and page small in a room that has been open for days. */
  trim() {
    if (this.log.trim(MAX_KEPT)) this.emit("entries", []);
  }

  async #joined(joined, generation) {
    if (joined.online !== undefined) this.setPeople(joined.online);
    // A service that has less than was seen here has lost its storage: this is another log.
    if (this.log.cursor === null || joined.lastSeq < this.log.cursor || joined.lastSeq - this.log.cursor > MAX_REPLAYED) {
      const fresh = this.log.cursor === null ? joined : await this.#ask({ action: "join" });
      if (generation !== this.#generation) return;
      this.emit("entries", this.log.open(fresh));
    } else {
      this.emit("entries", this.log.recover(joined));
      if (joined.more) await this.#readOn(generation);
    }
    if (generation !== this.#generation) return;
    this.#backoff.reset();
    this.#become("live");
    this.#live(this.#held.splice(0));
  }

  #live(entries) {
    this.log.receive(entries);
    this.emit("entries", entries.filter((entry) => !entry.void));
    if (this.log.hasGap) this.#recoverLater(GAP_GRACE_MS);
  }

  #recoverLater(delayMs, target = 0) {
    if (this.#recoveryDue) return;
    this.#recoveryDue = this.#timers.later(delayMs, () => {
      this.#recoveryDue = null;
      this.#recover(target);
    });
  }

  async #recover(target = 0) {
    if (this.#recovering || this.log.cursor >= target && !this.log.hasGap) return;
    const generation = this.#generation;
    this.#recovering = true;
    try {
      const before = this.log.cursor;
      await this.#readOn(generation);
      if (this.log.hasGap) this.#recoverLater(this.#backoff.next());
      else if (this.log.cursor > before) this.#backoff.reset();
    } catch (error) {
      this.#failed(error, generation, () => this.#recover(target));
    } finally {
      if (generation === this.#generation) this.#recovering = false;
    }
  }

  async #readOn(generation) {
    for (let more = true; more;) {
      const page = await this.#ask({ action: "history", after: this.log.cursor, limit: RECOVERY_PAGE_SIZE });
      if (generation !== this.#generation) return;
      this.emit("entries", this.log.recover(page));
      more = page.more && page.messages.length > 0;
    }
  }

  #ask(frame) {
    return this.#connection.request({ ...frame, room: this.#room });
  }

  #failed(error, generation, again) {
    if (!(error instanceof RequestError)) throw error;
    if (generation !== this.#generation || error.code === "lost") return;
    if (FINAL.has(error.code)) this.shut(error);
    else this.#timers.later(Math.max((error.retryAfter ?? 0) * 1000, this.#backoff.next()), again);
    this.emit("problem", error);
  }

  #restart(state) {
    this.#generation += 1;
    this.#recovering = false;
    this.#held = [];
    this.#timers.clear();
    this.#recoveryDue = null;
    this.#cursorAtPong = 0;
    this.#become(state);
    return this.#generation;
  }

  #become(state) {
    this.state = state;
    this.emit("state", state);
  }
}
