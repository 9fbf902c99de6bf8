import { Emitter } from "../lib/emitter.js";

/**
 * A search in one or several rooms, one after the other, and how far it looked. Emits "change" after each; `found` are the
 * messages, the newest first, and `searched` says how many rooms of how many were looked at.
 */
export class RoomSearch extends Emitter {
  found = [];
  state = "empty"; // "searching", "done" or "failed"
  problem = "";
  searched = { done: 0, of: 0 };
  #ask;
  #run = 0; // answers for an earlier search are not shown
  #query = "";
  #places = []; // of each room, from where to go on, and whether there is more
  #waiting = [];

  /** `ask(room, query, before)` resolves with `{messages, more, searched: {from, to}}`. */
  constructor(ask) {
    super();
    this.#ask = ask;
  }

  /** What is searched for. */
  get query() {
    return this.#query;
  }

  /** Whether there are older messages that were not searched yet. */
  get more() {
    return this.#places.some(({ more }) => more);
  }

  begin(rooms, query) {
    this.#run += 1;
    this.#query = query.trim();
    this.#places = rooms.map((room) => ({ room, before: null, more: this.#query !== "" }));
    this.#waiting = [];
    this.found = [];
    if (this.#query === "") this.#become("empty");
    else return this.further();
    return Promise.resolve();
  }

  /** Looks on where the search ended: in every room that has more, or in those that it did not come to. */
  async further() {
    const run = this.#run;
    if (this.#waiting.length === 0) this.#waiting = this.#places.filter(({ more }) => more);
    const of = this.#places.length;
    try {
      while (this.#waiting.length > 0) {
        this.searched = { done: of - this.#waiting.length, of };
        this.#become("searching");
        // One after the other: each search has a budget of its own at the service.
        // oxlint-disable-next-line no-await-in-loop
        await this.#look(this.#waiting[0], run);
        if (run !== this.#run) return;
        this.#waiting.shift();
      }
      this.#become("done");
    } catch (error) {
      if (run === this.#run) this.#become("failed", error.message);
    }
  }

  async #look(place, run) {
    const { messages, more, searched } = await this.#ask(place.room, this.#query, place.before);
    if (run !== this.#run) return;
    Object.assign(place, { more, before: searched.from });
    this.found = [...this.found, ...messages].toSorted((one, other) => other.sentAt.localeCompare(one.sentAt));
  }

  #become(state, problem = "") {
    this.state = state;
    this.problem = problem;
    this.emit("change");
  }
}

/** The words of a query that can be seen in a text: without `from:name`, and quoted words as they stand. */
export function soughtWords(query) {
  const parts = query.match(/"[^"]+"|\S+/gu) ?? [];
  return parts.filter((part) => !/^from:/i.test(part)).map((part) => part.replaceAll('"', "")).filter(Boolean);
}

/** A text in parts, `{text, hit}`: what was sought, whatever the case and the accents, and what is around it. */
export function highlighted(text, words) {
  const plain = [...text].map((character) => folded(character));
  const starts = [0];
  for (const part of plain) starts.push(starts.at(-1) + part.length);
  const whole = plain.join("");
  const hits = Array.from(text, () => false);
  for (const word of words.map((one) => folded(one)).filter(Boolean)) {
    for (let at = whole.indexOf(word); at >= 0; at = whole.indexOf(word, at + word.length)) {
      for (let index = 0; index < plain.length; index += 1) if (starts[index] < at + word.length && starts[index + 1] > at) hits[index] = true;
    }
  }
  const found = [];
  for (const [index, character] of [...text].entries()) {
    if (found.at(-1)?.hit === hits[index]) found.at(-1).text += character;
    else found.push({ text: character, hit: hits[index] });
  }
  return found;
}

/** The part of a long text around the first hit. */
export function around(parts, most = 240) {
  const first = parts.findIndex(({ hit }) => hit);
  const before = parts.slice(0, Math.max(0, first)).map(({ text }) => text).join("");
  const cut = Math.max(0, before.length - most / 3);
  if (cut === 0) return parts;
  return [{ text: `…${before.slice(cut).toWellFormed()}`, hit: false }, ...parts.slice(first)];
}

function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
