import { Emitter } from "../lib/emitter.js";
import { MAX_ROOM_LENGTH, isRoom, roomProblem, toRoomName } from "./text.js";

const ROUTE = /^#\/r\/+([^/?#]+)\/*(?:[?#].*)?$/i;
const HOME = "general";

/**
 * The open room, and the same in the address: `#/r/general`. However an address spells a room, it is rewritten to the one
 * spelling. Emits "room" when another one is asked for, and "problem" with a sentence for an address that names none.
 */
export class Router extends Emitter {
  problem = null; // what was wrong with the address that the page was opened with
  #room;

  constructor() {
    super();
    const { room = HOME, problem = null } = readAddress(location.hash);
    this.#room = room;
    this.problem = problem;
    addEventListener("hashchange", () => this.#moved());
  }

  get room() {
    return this.#room;
  }

  static href(room) {
    return `#/r/${room}`;
  }

  go(room) {
    location.hash = Router.href(room);
    this.#open(room); // at once: the event comes later, and until then nobody may see two rooms
  }

  /** Writes the room into the address, without a step in the browser's history. */
  settle() {
    history.replaceState(null, "", Router.href(this.#room));
  }

  #moved() {
    const { room = this.#room, problem } = readAddress(location.hash);
    if (problem) this.emit("problem", problem);
    this.#open(room);
    this.settle();
  }

  #open(room) {
    if (room === this.#room) return;
    this.#room = room;
    this.emit("room", room);
  }
}

/** The room that a fragment names, in its one spelling, or what is wrong with it; neither for a fragment about no room. */
export function readAddress(hash) {
  if (!/^#\/r\//i.test(hash)) return {};
  const named = decode(ROUTE.exec(hash)?.[1] ?? hash.slice("#/r/".length));
  const room = spell(named);
  return room ? { room } : { problem: `The address names no room that there can be (${named}). ${roomProblem(named)}` };
}

function spell(named) {
  if (isRoom(named.toLowerCase())) return named.toLowerCase();
  return named.includes("/") || named.length > MAX_ROOM_LENGTH ? "" : toRoomName(named);
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a lone % is no encoding
  }
}
