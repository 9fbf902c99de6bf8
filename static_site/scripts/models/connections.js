import { Emitter } from "../lib/emitter.js";
import { Timers } from "../lib/timers.js";
import { ConnectionPlan, MOST_CONNECTIONS } from "./connection_plan.js";
import { EventsOnce } from "./events_once.js";
import { LongHidden } from "./long_hidden.js";

const OPEN_WITHIN_MS = 4_000; // so that pages which come back together do not open all of theirs together
const MOVE_WITHIN_MS = 6_000; // nobody waits for rooms that make way
const RENEW_WITHIN_MS = 20_000;
const JOIN_TIMEOUT_MS = 15_000; // then a room is given up on the connection from which it moves
const LEFT_AFTER_MS = 5_000; // nothing answers that a room was left

/**
 * The page's connections as one: as many as its rooms need, of which the first has the open room and is the one that people hear
 * of. A frame goes over the connection of its `room`. Emits "state" of the first one, "frame" (what comes over several, once),
 * "gatewayError", "up" and "lost" with the rooms of any connection that is there now or gone, "notJoined" with those of which one is no
 * longer known to the service, and "move" with a room to be joined anew, which `joined` ends.
 */
export class Connections extends Emitter {
  #make;
  #order;
  #hidden;
  #plan = new ConnectionPlan();
  #once = new EventsOnce();
  #lines = new Map(); // number -> Connection
  #rooms = [];
  #moving = null; // {room, from, late: timer}
  #making = null; // timer of the next move
  #timers = new Timers();

  /** `make({isFirst})` makes a `Connection`; `order(rooms)` puts rooms in order, the most important one first, which is the open one. */
  constructor({ make, order, attention }) {
    super();
    this.#make = make;
    this.#order = order;
    this.#hidden = new LongHidden(attention);
    this.#hidden.on("change", () => this.follow(this.#rooms));
    this.#add(0);
  }

  get state() {
    return this.#first.state;
  }

  get retryAt() {
    return this.#first.retryAt;
  }

  start() {
    this.#first.start();
  }

  stop() {
    this.#timers.clear();
    this.#moving = this.#making = null;
    this.#first.stop();
    this.follow([]);
    this.#plan = new ConnectionPlan(); // with none that a room was still to leave
    this.#openAndClose();
  }

  /** Takes the rooms to follow; when the page has been hidden for long, only those that the first connection carries. */
  follow(rooms) {
    const before = this.#carried;
    this.#rooms = rooms;
    this.#plan.follow(this.#order(rooms), this.#hidden.now ? 1 : MOST_CONNECTIONS);
    if (this.#moving && this.#plan.of(this.#moving.room) === undefined) this.#leave();
    const dropped = before.filter((room) => this.#plan.of(room) === undefined);
    if (dropped.length > 0) this.emit("lost", dropped);
    this.#openAndClose();
    this.#proceed();
  }

  /** Whether the connection is there that carries a room. */
  carries(room) {
    return this.#lines.get(this.#plan.of(room))?.state === "online";
  }

  /** A room was joined. */
  joined(room) {
    if (this.#moving?.room === room) this.#leave();
  }

  /** Opens all anew, with another token. */
  openAnew() {
    for (const [number, connection] of this.#lines) {
      if (number === 0) connection.openAnew();
      else this.#timers.later(Math.random() * RENEW_WITHIN_MS, () => connection.openAnew());
    }
  }

  retryNow() {
    for (const connection of this.#lines.values()) connection.retryNow();
  }

  /** False if there is no connection to send through. */
  send(frame) {
    return this.#lineOf(frame).send(frame);
  }

  request(frame) {
    return this.#lineOf(frame).request(frame);
  }

  /** Sends a ping over each connection, for the rooms that it carries: together, since pings are what shows that somebody looks. */
  probe({ rooms = {}, ...frame }, timeoutMs) {
    for (const [number, connection] of this.#lines) {
      const own = Object.entries(rooms).filter(([room]) => this.#plan.of(room) === number);
      connection.probe(own.length > 0 ? { ...frame, rooms: Object.fromEntries(own) } : frame, timeoutMs);
    }
  }

  get #carried() {
    return this.#rooms.filter((room) => this.#plan.of(room) !== undefined);
  }

  get #first() {
    return this.#lines.get(0);
  }

  #lineOf({ room }) {
    return this.#lines.get(this.#plan.of(room)) ?? this.#first;
  }

  #add(number) {
    const connection = this.#make({ isFirst: number === 0 });
    this.#lines.set(number, connection);
    connection.on("state", (state) => this.#lines.get(number) === connection && this.#lineIs(number, state));
    connection.on("frame", (frame) => this.#receive(number, frame));
    connection.on("gatewayError", (frame) => this.emit("gatewayError", frame));
    return connection;
  }

  #lineIs(number, state) {
    if (number === 0) this.emit("state", state);
    if (state === "online") {
      this.emit("up", this.#plan.on(number));
      this.#openAndClose();
      this.#proceed();
    } else if (state === "offline") this.emit("lost", this.#plan.on(number));
  }

  #receive(number, frame) {
    if (!this.#once.isNew(frame, number, performance.now())) return;
    const isUnknown = frame.event === "error" && frame.code === "not_joined" && !frame.id;
    if (isUnknown) this.emit("notJoined", this.#plan.on(number));
    else this.emit("frame", frame);
  }

  /** Opens the connections that are needed once the first one is there, and closes those that are not. */
  #openAndClose() {
    for (let number = 1; number < MOST_CONNECTIONS; number += 1) {
      const connection = this.#lines.get(number);
      if (!this.#plan.needs(number)) this.#close(number);
      else if (!connection && this.state === "online") this.#open(number);
    }
  }

  #open(number) {
    const connection = this.#add(number);
    this.#timers.later(Math.random() * OPEN_WITHIN_MS, () => this.#lines.get(number) === connection && connection.start());
  }

  #close(number) {
    const connection = this.#lines.get(number);
    this.#lines.delete(number);
    connection?.stop();
  }

  /** Moves the next room: at once if it is the one that is open, since somebody waits for it. */
  #proceed() {
    const move = this.#plan.next();
    if (this.#moving || !move) return;
    if (move.isOpen) this.#move();
    else this.#making ??= this.#timers.later(Math.random() * MOVE_WITHIN_MS, () => this.#move());
  }

  #move() {
    this.#timers.end(this.#making);
    this.#making = null;
    const move = this.#plan.next();
    if (this.#moving || !move || this.#lines.get(move.to)?.state !== "online") return;
    this.#plan.move(move);
    this.#moving = { ...move, late: this.#timers.later(JOIN_TIMEOUT_MS, () => this.#leave()) };
    this.emit("move", move.room);
  }

  /** The room that moves is left where it was: once it is joined where it is now, so that nothing is missed and nobody sees it go. */
  #leave() {
    const { room, from, late } = this.#moving;
    this.#timers.end(late);
    this.#moving = null;
    this.#lines.get(from)?.send({ action: "leave", room });
    this.#timers.later(LEFT_AFTER_MS, () => {
      this.#plan.gone(room);
      this.#openAndClose();
      this.#proceed();
    });
  }
}
