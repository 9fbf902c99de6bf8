const LATELY_MS = 15 * 60_000;

/**
 * Who is known to be in a room now. The service tells how many there are, who came and who left; whoever wrote or typed
 * lately is there too. So it knows nobody who came before this page and has been silent since: never more than there are.
 */
export class Presence {
  #rooms = new Map(); // room -> id -> {user, at}, the latest one last
  #now;

  /** `connection` tells of "frame" and "state"; `now()` is the service's time in ms. */
  constructor(connection, now = Date.now) {
    this.#now = now;
    connection.on("frame", (frame) => this.#hear(frame));
    connection.on("state", (state) => state === "offline" && this.#rooms.clear()); // who leaves meanwhile is not told later
  }

  /** The others who are in a room, the latest sign of life first. `messages` is what the log has; `me` is not among them. */
  in(room, messages, me) {
    const found = new Map(this.#of(room));
    for (const { user, sentAt } of messages.slice(-100).toReversed()) {
      const at = Date.parse(sentAt);
      if (at > (found.get(user.id)?.at ?? this.#now() - LATELY_MS)) found.set(user.id, { user, at });
    }
    const others = [...found.values()].filter(({ user, left }) => user.id !== me && !user.bot && !left);
    return others.toSorted((one, other) => other.at - one.at).map(({ user }) => user);
  }

  #hear({ event, room, joined = [], left = [], user }) {
    if (event === "presence") {
      for (const one of joined) this.#note(room, one);
      for (const one of left) this.#note(room, one, { left: true });
    } else if (event === "typing") this.#note(room, user);
  }

  #note(room, user, more = {}) {
    this.#of(room).set(user.id, { user, at: this.#now(), ...more });
  }

  #of(room) {
    if (!this.#rooms.has(room)) this.#rooms.set(room, new Map());
    return this.#rooms.get(room);
  }
}
