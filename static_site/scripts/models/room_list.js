import { Emitter } from "../lib/emitter.js";
import { MAX_FOLLOWED } from "./connection_plan.js";
import { arranged, titleOf } from "./room_facts.js";

const JOINED = "rooms";
const LEFT = "left";
const MAX_LEFT = 100; // remembered
const FIRST_ROOM = "general";
const NOTHING = { unread: 0, mentions: 0 };

/** Which rooms there are, and which of them this person has joined. Emits "change", and "listed" with the service's list. */
export class RoomList extends Emitter {
  #store;
  #joined;
  #known = new Map();
  #gone = new Map(); // what they were called is still said
  #user = null;

  constructor(store) {
    super();
    this.#store = store;
    this.#joined = store.get(JOINED, [FIRST_ROOM]);
  }

  /** The joined rooms, the most recently opened one last. */
  get joined() {
    return [...this.#joined];
  }

  /** These rooms in the order in which they were opened, the latest one first, and before all the one that is open. */
  inOrder(names, open) {
    const given = new Set(names);
    const ordered = new Set([open, ...this.#joined.toReversed(), ...names]);
    return [...ordered].filter((room) => given.has(room));
  }

  /** Whose list it is: nothing that another person's list said is shown, and guests have no other rooms than their own. */
  belongTo(user) {
    if (this.#user && this.#user.id !== user.id) this.#unlearn();
    this.#user = user;
    if (this.#isGuest && this.#joined.includes(FIRST_ROOM)) this.#keep(this.#joined.filter((room) => room !== FIRST_ROOM));
  }

  get #isGuest() {
    return this.#user?.role === "guest";
  }

  /** The room to go to from one that is left; null if there is none. */
  nextAfter(left) {
    const others = this.#isGuest ? [...this.#known.keys()] : [FIRST_ROOM, ...this.#joined];
    return others.findLast((room) => room !== left) ?? null;
  }

  isKnown(room) {
    return this.#known.has(room);
  }

  /** What is known of a room, with the title to show. */
  about(room) {
    const known = this.#known.get(room) ?? this.#gone.get(room) ?? { room };
    return {
      online: null,
      topic: "",
      access: "open",
      role: null,
      archived: false,
      hidden: false,
      mood: true,
      ...known,
      title: titleOf(known, this.#user?.id),
      joined: this.#joined.includes(room),
    };
  }

  /** Rooms of this person, as the list has them, that this page has not joined: where they belong, or have read. */
  get unfollowed() {
    const elsewhere = new Set([...this.#joined, ...this.#store.get(LEFT, [])]);
    return [...this.#known.values()].filter(({ room, archived, role, people, readAt }) => !archived && !elsewhere.has(room) && (role || people || readAt > 0));
  }

  /** All rooms to show, as `about` has them, in the order in which they are shown. */
  get all() {
    const first = this.#isGuest ? [] : [FIRST_ROOM];
    const names = new Set([...first, ...this.#known.keys(), ...this.#joined]);
    return arranged([...names].map((room) => this.about(room)));
  }

  /** Takes what a room is now, from an event or an answer about it. */
  learn(facts) {
    this.#known.set(facts.room, { ...this.#known.get(facts.room), ...facts });
    this.emit("change");
  }

  /** Forgets a room that is not for this person any more. */
  drop(room) {
    const { access, title, people } = this.about(room);
    this.#gone.set(room, { room, access, people, title });
    this.#known.delete(room);
    this.leave(room);
  }

  /** Joins the rooms to which this person belongs, so that nothing said there is missed; returns those that were not joined. */
  adopt() {
    const own = [...this.#known.values()].filter(({ access, role, people, archived }) => !archived && access !== "open" && (role || people));
    const fresh = own.map(({ room }) => room).filter((room) => !this.#joined.includes(room));
    const adopted = fresh.slice(0, Math.max(0, MAX_FOLLOWED - this.#joined.length));
    for (const room of adopted) this.#noteLeft(room, false);
    if (adopted.length > 0) this.#keep([...adopted, ...this.#joined]);
    return adopted;
  }

  /**
   * All rooms to show, with who is there now, as the channels of the joined ones know, and with what is unread, which
   * `counts(room)` says; nothing is in a room that was left, until it is opened again.
   */
  withChannels(channelOf, counts) {
    const left = new Set(this.#store.get(LEFT, []));
    return this.all.map((entry) => {
      const online = channelOf(entry.room)?.people ?? entry.online;
      return { ...entry, online, ...(left.has(entry.room) ? NOTHING : counts(entry.room)) };
    });
  }

  /** Takes the answer of GET /rooms. */
  update(rooms) {
    this.#known = new Map(rooms.map((entry) => [entry.room, entry]));
    this.emit("listed", rooms);
    this.emit("change");
  }

  /** Notes that a room was opened; returns the room to leave for it, if there were too many. */
  open(room) {
    this.#joined = this.#store.get(JOINED, this.#joined); // another tab may have opened some
    this.#noteLeft(room, false);
    this.#keep([...this.#joined.filter((name) => name !== room), room]);
    if (this.#joined.length <= MAX_FOLLOWED) return null;
    const [surplus, ...rest] = this.#joined;
    this.#keep(rest);
    return surplus;
  }

  leave(room) {
    this.#joined = this.#store.get(JOINED, this.#joined);
    this.#noteLeft(room, true);
    this.#keep(this.#joined.filter((name) => name !== room));
  }

  /** Forgets the rooms of the person who leaves. */
  forget() {
    this.#unlearn();
    this.#store.remove(LEFT);
    this.#keep([FIRST_ROOM]);
  }

  #noteLeft(room, isLeft) {
    const left = this.#store.get(LEFT, []).filter((name) => name !== room);
    this.#store.set(LEFT, isLeft ? [...left.slice(1 - MAX_LEFT), room] : left);
  }

  #unlearn() {
    this.#known.clear();
    this.#gone.clear();
  }

  #keep(joined) {
    this.#joined = joined;
    this.#store.set(JOINED, joined);
    this.emit("change");
  }
}
