import { Emitter } from "../lib/emitter.js";
import { t } from "../lib/i18n.js";
import { MAX_ROOM_LENGTH, isRoom, roomProblem, toRoomName } from "./text.js";

const ROUTE = /^#\/r\/+([^/?#]+)(?:\/+([1-9]\d{0,15}))?\/*(?:[?#].*)?$/i;
const HOME = "general";
const INVITE = /^#\/invite\/+([\w-]+)\/*$/;
const DEVICE = /^#\/device\/+([\w-]+)\/*$/;
const ADMIN = /^#\/admin\/*$/i;

/**
 * The open room, and the same in the address: `#/r/general`; `#/r/general/42` is a message in it. However an address spells a room, it is rewritten to the one
 * spelling. Emits "room" when another one is asked for, "problem" with a sentence for an address that names none, "admin"
 * when the page for admins is asked for or left, "message" when the address names one, and "invite" or "device" when one with
 * an invite, or with a link of another device, was opened.
 */
export class Router extends Emitter {
  problem = null; // what was wrong with the address that the page was opened with
  #room;
  #admin = ADMIN.test(location.hash);
  #invite = readInvite(location.hash);
  #device = readDevice(location.hash);
  #message = readMessage(location.hash);

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

  /** Whether the page for admins is asked for, instead of a room. */
  get admin() {
    return this.#admin;
  }

  /** The secret of an invite with whose address the page was opened, or null. */
  get invite() {
    return this.#invite;
  }

  /** The same, which is used by that; the address forgets it too. */
  takeInvite() {
    const taken = this.#invite;
    this.#invite = null;
    if (taken !== null) this.settle();
    return taken;
  }

  /** The secret of a link of another device with whose address the page was opened, or null. */
  get device() {
    return this.#device;
  }

  /** The address forgets it, and so does this. */
  takeDevice() {
    this.#device = null;
    this.settle();
  }

  /** The message with whose address the page was opened, `{room, seq}`, once; or null. */
  takeMessage() {
    const taken = this.#message;
    this.#message = null;
    return taken;
  }

  static href(room) {
    return `#/r/${room}`;
  }

  go(room) {
    location.hash = Router.href(room);
    this.#becomeAdmin(false);
    this.#open(room); // at once: the event comes later, and until then nobody may see two rooms
  }

  /** Writes the room into the address, without a step in the browser's history. */
  settle() {
    history.replaceState(null, "", this.#admin ? "#/admin" : Router.href(this.#room));
  }

  #moved() {
    this.#invite = readInvite(location.hash);
    this.#device = readDevice(location.hash);
    if (this.#invite !== null || this.#device !== null) {
      this.emit(this.#invite === null ? "device" : "invite");
      return;
    }
    this.#becomeAdmin(ADMIN.test(location.hash));
    const { room = this.#room, problem } = readAddress(location.hash);
    if (problem) this.emit("problem", problem);
    const message = readMessage(location.hash);
    this.#open(room);
    this.settle(); // so that the same link can be followed again
    if (message) this.emit("message", message);
  }

  #becomeAdmin(admin) {
    if (admin === this.#admin) return;
    this.#admin = admin;
    this.emit("admin", admin);
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
  return room ? { room } : { problem: t("address.wrong", { room: named, problem: roomProblem(named) }) };
}

/** The message that a fragment names, `{room, seq}`, or null. */
export function readMessage(hash) {
  const seq = Number(ROUTE.exec(hash)?.[2] ?? 0);
  const { room } = readAddress(hash);
  return room && Number.isSafeInteger(seq) && seq > 0 ? { room, seq } : null;
}

/** The address of a message, to be given to somebody. */
export function messageLink(room, seq, page = location.href) {
  return new URL(`${Router.href(room)}/${seq}`, page).href;
}

/** The secret of an invite that a fragment holds, or null. */
export function readInvite(hash) {
  return INVITE.exec(hash)?.[1] ?? null;
}

/** The address that gives an invite to somebody. */
export function inviteLink(secret, page = location.href) {
  return new URL(`#/invite/${secret}`, page).href;
}

/** The secret of a link of another device that a fragment holds, or null. */
export function readDevice(hash) {
  return DEVICE.exec(hash)?.[1] ?? null;
}

/** The address that signs somebody in on another device. */
export function deviceLink(secret, page = location.href) {
  return new URL(`#/device/${secret}`, page).href;
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
