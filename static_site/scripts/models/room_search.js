import { Emitter } from "../lib/emitter.js";
import { wait } from "../lib/timers.js";
import { Backoff } from "./backoff.js";

const REST_AT = 200; // found messages after which a search rests until somebody wants more
const MOST_FOUND = 1_000; // what is kept of one search
const MOST_PAUSES = 6; // refusals in a row that are waited for
const GONE = new Set(["not_found", "forbidden"]);

/**
 * A search in one or several rooms, one request after the other, back to the beginning of all of them. Emits "change" after
 * each; `found` are the messages, the newest first, and `share` says how much was looked at, from 0 to 1. It rests when many
 * were found, and for as long as the service asks it to wait.
 */
export class RoomSearch extends Emitter {
  found = [];
  state = "empty"; // "searching", "waiting", "resting", "done" or "failed"
  problem = "";
  #ask;
  #pause;
  #run = 0; // answers for an earlier search, or one that was stopped, are not taken
  #query = "";
  #places = []; // of each room, from where to go on, where it began, and whether there is more
  #turn = []; // the rooms that are looked at before any is looked at again
  #restAt = 0;

  /** `ask(room, query, before)` resolves with `{messages, more, searched: {from, to}}`, `pause(milliseconds)` when they are over. */
  constructor(ask, pause = wait) {
    super();
    this.#ask = ask;
    this.#pause = pause;
  }

  /** What is searched for. */
  get query() {
    return this.#query;
  }

  /** How many rooms are searched. */
  get rooms() {
    return this.#places.length;
  }

  /** Whether there are older messages that were not searched yet. */
  get more() {
    return this.#places.some(({ more }) => more);
  }

  /** Whether more than is kept would be found. */
  get isFull() {
    return this.found.length >= MOST_FOUND;
  }

  /** How much of the rooms was looked at, from 0 to 1. */
  get share() {
    const shares = this.#places.map(({ head, before, more }) => (more ? (head > 0 ? 1 - (before - 1) / head : 0) : 1));
    return shares.length === 0 ? 0 : shares.reduce((sum, share) => sum + share, 0) / shares.length;
  }

  begin(rooms, query) {
    this.#run += 1;
    this.#query = query.trim();
    this.#places = rooms.map((room) => ({ room, before: null, head: 0, more: this.#query !== "" }));
    this.#turn = [];
    this.found = [];
    if (this.#query !== "") return this.further();
    this.#become("empty");
    return Promise.resolve();
  }

  /** Looks on where the search ended. */
  async further() {
    this.#run += 1;
    const run = this.#run;
    this.#restAt = this.found.length + REST_AT;
    this.#become("searching");
    try {
      while (this.more && this.found.length < Math.min(this.#restAt, MOST_FOUND)) {
        if (this.#turn.length === 0) this.#turn = this.#places.filter(({ more }) => more);
        // One after the other: each search has a budget of its own at the service.
        await this.#look(this.#turn[0], run);
        if (run !== this.#run) return;
        this.#turn.shift();
        this.#become("searching");
      }
      this.#become(this.more ? "resting" : "done");
    } catch (error) {
      if (run === this.#run) this.#become("failed", error.message);
    }
  }

  /** Looks no further, until `further()` is called. */
  stop() {
    this.#run += 1;
    if (this.state === "searching" || this.state === "waiting") this.#become("resting");
  }

  async #look(place, run) {
    const answer = await this.#patiently(place, run);
    if (run !== this.#run) return;
    const { messages, more, searched } = answer;
    Object.assign(place, { more, before: searched.from, head: place.head || searched.to });
    const all = [...this.found, ...messages].toSorted((one, other) => other.sentAt.localeCompare(one.sentAt));
    this.found = all.slice(0, MOST_FOUND);
  }

  /** Asks again when the service wants to be asked later, as often as is sensible. A room that was closed meanwhile has nothing, beside others. */
  async #patiently({ room, before }, run) {
    const backoff = new Backoff();
    for (let pauses = 0; ; pauses += 1) {
      try {
        return await this.#ask(room, this.#query, before);
      } catch (error) {
        if (run !== this.#run) return null;
        if (GONE.has(error.code) && this.rooms > 1) return { messages: [], more: false, searched: { from: 1, to: 0 } };
        const isLater = error.code === "rate_limited" || error.status === 429 || error.retryAfter > 0;
        if (!isLater || pauses === MOST_PAUSES) throw error;
        this.#become("waiting", error.message);
        await this.#pause(Math.max(backoff.next(), error.retryAfter * 1000 || 0));
        if (run !== this.#run) return null;
        this.#become("searching");
      }
    }
  }

  #become(state, problem = "") {
    this.state = state;
    this.problem = problem;
    this.emit("change");
  }
}
