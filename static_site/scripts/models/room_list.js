import { Emitter } from "../lib/emitter.js";
import { arranged, titleOf } from "./room_facts.js";

const JOINED = "rooms";
const MARKS = "read.";
const MAX_JOINED = 20; // a connection may join this many
const FIRST_ROOM = "general";
const NOTHING = { count: 0, atLeast: false };

/** Which rooms there are, which of them this person has joined, and how far each was read. */
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
    store.onElsewhere((key) => key.startsWith(MARKS) && this.emit("change"));
  }

  /** The joined rooms, the most recently opened one last. */
  get joined() {
    return [...this.#joined];
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
      ...known,
      title: titleOf(known, this.#user?.id),
      joined: this.#joined.includes(room),
    };
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
    const adopted = fresh.slice(0, Math.max(0, MAX_JOINED - this.#joined.length));
    for (const room of adopted) if (this.about(room).access === "direct" && this.readMark(room) === null) this.#store.set(MARKS + room, 0);
    if (adopted.length > 0) this.#keep([...adopted, ...this.#joined]);
    return adopted;
  }

  /**
   * All rooms to show, with what the channels of the joined ones know: who is there now, and what was not read;
   * `atLeast` says that there may be more of that.
   */
  withChannels(channelOf, userId) {
    return this.all.map((entry) => {
      const channel = channelOf(entry.room);
      const { count, atLeast } = channel ? this.unread(entry.room, channel.log, userId) : NOTHING;
      return { ...entry, online: channel?.people ?? entry.online, unread: count, atLeast };
    });
  }

  /** Takes the answer of GET /rooms. */
  update(rooms) {
    this.#known = new Map(rooms.map((entry) => [entry.room, entry]));
    this.emit("change");
  }

  /** Notes that a room was opened; returns the room to leave for it, if there were too many. */
  open(room) {
    this.#joined = this.#store.get(JOINED, this.#joined); // another tab may have opened some
    this.#keep([...this.#joined.filter((name) => name !== room), room]);
    if (this.#joined.length <= MAX_JOINED) return null;
    const [surplus, ...rest] = this.#joined;
    this.#keep(rest);
    return surplus;
  }

  leave(room) {
    this.#joined = this.#store.get(JOINED, this.#joined);
    this.#keep(this.#joined.filter((name) => name !== room));
    this.#store.remove(MARKS + room);
  }

  /** Forgets the rooms of the person who leaves. */
  forget() {
    this.#unlearn();
    for (const room of this.joined) this.leave(room);
    this.#keep([FIRST_ROOM]);
  }

  readMark(room) {
    return this.#store.get(MARKS + room);
  }

  markRead(room, seq) {
    if ((this.readMark(room) ?? -1) >= seq) return;
    this.#store.set(MARKS + room, seq);
    this.emit("change");
  }

  /**
   * A room that was never read counts from where its log ends when it is joined. Nothing was read beyond the end: if a
   * mark says so, the log is another one, begun anew.
   */
  endsAt(room, last) {
    if ((this.readMark(room) ?? Infinity) > last) this.#store.set(MARKS + room, last);
  }

  /** How many of a log's messages by others came after the mark, `{count, atLeast}`. */
  unread(room, log, userId) {
    const mark = this.readMark(room);
    return mark === null ? NOTHING : log.countAfter(mark, userId);
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
