export const MOST_CONNECTIONS = 5;
const ROOMS_EACH = 20; // a connection may join this many
const FREE = 1; // place on the first connection, so that a room that somebody opens is joined there at once
export const MAX_FOLLOWED = MOST_CONNECTIONS * ROOMS_EACH - FREE;

/**
 * Which of the page's connections carries which room. The room that is open is on the first one, number 0, or the next one to move
 * there; the others stay where they are, unless the first one is full or one connection fewer would do. It decides, and joins nothing.
 */
export class ConnectionPlan {
  #rooms = []; // those to follow, the most important one first
  #places = new Map(); // room -> the number of its connection
  #going = []; // {room, number}: moved to another connection, and not gone from this one

  /** Takes the rooms to follow, the most important one first, which is the one that is open, on so many connections at most. */
  follow(rooms, most = MOST_CONNECTIONS) {
    this.#rooms = rooms;
    const wanted = new Set(rooms);
    for (const [room, number] of this.#places) if (!wanted.has(room) || number >= most) this.#places.delete(room);
    this.#going = this.#going.filter(({ number }) => number < most);
    for (const room of rooms) if (!this.#places.has(room)) this.#place(room, this.#free(most, { isOpen: room === rooms[0] }));
  }

  /** The number of the connection that carries a room; undefined if none does. */
  of(room) {
    return this.#places.get(room);
  }

  /** The rooms that a connection carries, the most important one first. */
  on(number) {
    return this.#rooms.filter((room) => this.#places.get(room) === number);
  }

  /** Whether a connection is needed: for its rooms, for those that are still to go from it, or for the next one that moves. */
  needs(number) {
    return number === 0 || this.#taken(number) > 0 || this.next()?.to === number;
  }

  /** The next room to move, `{room, from, to, isOpen}`, or null. One moves at a time, or else there might be no place for it. */
  next() {
    return this.#openToFirst() ?? this.#fromFullFirst() ?? this.#fromLast();
  }

  /** A room is to be joined on another connection from now on; its place on the one before is free once it is `gone` from there. */
  move({ room, from, to }) {
    this.#places.set(room, to);
    this.#going.push({ room, number: from });
  }

  gone(room) {
    this.#going = this.#going.filter((one) => one.room !== room);
  }

  #openToFirst() {
    const [room] = this.#rooms;
    const from = this.#places.get(room) ?? 0;
    return from > 0 && this.#taken(0) < ROOMS_EACH ? { room, from, to: 0, isOpen: true } : null;
  }

  #fromFullFirst() {
    const to = this.#free(MOST_CONNECTIONS, { from: 1 });
    if (this.#taken(0) <= ROOMS_EACH - FREE || to === null) return null;
    const room = this.on(0).findLast((one) => one !== this.#rooms[0]);
    return room === undefined ? null : { room, from: 0, to, isOpen: false };
  }

  #fromLast() {
    const last = Math.max(0, ...this.#places.values());
    if (last === 0 || this.#places.size + FREE > last * ROOMS_EACH) return null;
    const to = this.#free(last);
    return to === null ? null : { room: this.on(last)[0], from: last, to, isOpen: false };
  }

  #place(room, number) {
    if (number !== null) this.#places.set(room, number);
  }

  /** The first connection of so many that has a place; the free one of the first connection is for the room that is open. */
  #free(most, { isOpen = false, from = 0 } = {}) {
    for (let number = from; number < most; number += 1) {
      const places = number === 0 && !isOpen ? ROOMS_EACH - FREE : ROOMS_EACH;
      if (this.#taken(number) < places) return number;
    }
    return null;
  }

  #taken(number) {
    const there = [...this.#places.values()].filter((one) => one === number);
    return there.length + this.#going.filter((one) => one.number === number).length;
  }
}
