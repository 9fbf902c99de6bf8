import { Emitter } from "../lib/emitter.js";

const LATELY_MS = 15 * 60_000;

/**
 * Who is in a room now. The service names everybody when it is asked; from then on it tells who comes and goes, and how many
 * there are. Of a room about which nobody has asked, who came, wrote or typed lately is known. Emits "change" with the room.
 */
export class Presence extends Emitter {
  #rooms = new Map(); // room -> {people: id -> {user, at, left}, listed: when it was asked or null, whole, doubted}
  #now;

  /** `connection` tells of "frame", and by "lost" of rooms that it carries no more; `now()` is the service's time in ms. */
  constructor(connection, now = Date.now) {
    super();
    this.#now = now;
    connection.on("frame", (frame) => this.#hear(frame));
    connection.on("lost", (rooms) => this.#forget(rooms));
  }

  /** The others who are in a room, the latest sign of life first. `messages` is what the log has; `me` is not among them. */
  in(room, messages, me) {
    const { people, listed } = this.#of(room);
    const found = new Map(people);
    for (const { user, sentAt } of messages.slice(-100).toReversed()) {
      if (user.bot) continue; // hooks write, and bots that are called, without being here
      const at = Date.parse(sentAt);
      if (at <= (found.get(user.id)?.at ?? listed ?? this.#now() - LATELY_MS)) continue;
      found.delete(user.id); // of those who wrote in the same moment, the last one comes first
      found.set(user.id, { user, at });
    }
    const others = [...found.values()].filter(({ user, left }) => user.id !== me && !left);
    return others.toSorted((one, other) => other.at - one.at).map(({ user }) => user);
  }

  /** Everybody whom the service named in a room, and who has come since and not gone; null if it was not asked. */
  named(room) {
    const { people, listed } = this.#of(room);
    return listed === null ? null : [...people.values()].filter(({ left }) => !left).map(({ user }) => user);
  }

  /** Whether what the service named still holds, as far as it has told since; `counted` is the number in the head, if any. */
  isCertain(room, counted = null) {
    const { listed, whole, doubted } = this.#of(room);
    if (listed === null || doubted) return false;
    return counted === null || !whole || counted === this.named(room).length;
  }

  /** Takes whom the service named when it was asked at `asked` (ms by `now()`); what it told since is newer. */
  take(room, users, { asked, whole }) {
    const before = this.#of(room).people;
    const people = new Map(users.map((user) => [user.id, { user, at: 0 }]));
    for (const [id, known] of before) {
      const user = { ...people.get(id)?.user, ...known.user };
      if (known.at >= asked) people.set(id, { ...known, user });
      else if (people.has(id) && !known.left) people.set(id, { user: people.get(id).user, at: known.at });
    }
    this.#rooms.set(room, { people, listed: asked, whole, doubted: false });
    this.emit("change", room);
  }

  /** Who comes and leaves meanwhile is not told later. */
  #forget(rooms) {
    for (const room of rooms) if (this.#rooms.delete(room)) this.emit("change", room);
  }

  #hear({ event, room, joined = [], left = [], user, online }) {
    if (event === "presence") {
      for (const one of joined) this.#note(room, one);
      for (const one of left) this.#note(room, one, { left: true });
      this.#compare(room, online);
      this.emit("change", room);
    } else if (event === "typing") this.#note(room, user);
  }

  /** In large rooms nobody is named who comes or goes: then the number alone tells that the names are old. */
  #compare(room, online) {
    const known = this.#of(room);
    if (known.listed === null || typeof online !== "number") return;
    const there = this.named(room).length;
    if (known.whole ? there !== online : there > online) known.doubted = true;
  }

  #note(room, user, more = {}) {
    const { people } = this.#of(room);
    people.set(user.id, { user: { ...people.get(user.id)?.user, ...user }, at: this.#now(), ...more });
  }

  #of(room) {
    if (!this.#rooms.has(room)) this.#rooms.set(room, { people: new Map(), listed: null, whole: false, doubted: false });
    return this.#rooms.get(room);
  }
}
