import { Emitter } from "../lib/emitter.js";
import { Changes } from "./changes.js";
import { KeepAlive } from "./keep_alive.js";
import { RoomChannel } from "./room_channel.js";
import { Sender } from "./sender.js";
import { Typing } from "./typing.js";

const FOR_PEOPLE = new Set(["rate_limited", "unavailable", "invalid", "forbidden", "not_found"]);

/** The conversation: one connection, the joined rooms' channels, and the outbox brought together. Emits "room", "live", "online", "notice", "about", "turned", "removed" and "refused". */
export class Chat extends Emitter {
  changes;
  typing;
  #connection;
  #outbox;
  #channels = new Map();
  #sender;
  #userId = null;
  #keepAlive;

  constructor({ connection, outbox, attention }) {
    super();
    const liveChannels = () => [...this.#channels.values()].filter(({ state }) => state === "live");
    this.#keepAlive = new KeepAlive({ connection, attention, liveChannels });
    this.#connection = connection;
    this.#outbox = outbox;
    const channelOf = (room) => this.channel(room);
    this.#sender = new Sender({ outbox, channelOf, send: (frame) => connection.send(frame), doubt: () => this.#keepAlive.doubt() });
    this.changes = new Changes({ connection, channelOf });
    this.typing = new Typing((frame) => this.channel(frame.room)?.state === "live" && connection.send(frame));
    this.typing.on("change", (room) => this.emit("room", room));
    connection.on("state", (state) => state === "online" && this.emit("online"));
    connection.on("up", (rooms) => this.#joinAll(rooms));
    connection.on("lost", (rooms) => this.#lost(rooms));
    connection.on("notJoined", (rooms) => this.#joinAll(rooms.filter((room) => this.channel(room)?.state === "live")));
    connection.on("move", (room) => this.#joinAll([room]));
    connection.on("frame", (frame) => this.#receive(frame));
    connection.on("gatewayError", () => this.#sender.gatewayFailed());
    outbox.on("change", (room) => this.#outboxIs(room));
  }

  channel(room) {
    return this.#channels.get(room);
  }

  start(userId, rooms) {
    if (userId !== this.#userId) this.#channels.clear();
    this.#userId = userId;
    this.#outbox.belongTo(userId);
    for (const room of rooms) this.#ensure(room);
    this.#follow();
    this.#keepAlive.start();
    this.#connection.start();
  }

  stop() {
    this.#keepAlive.stop();
    this.#connection.stop();
  }

  /** Joins a room if that has not happened yet. */
  open(room) {
    const channel = this.#ensure(room);
    this.#follow();
    if (this.#connection.carries(room) && ["idle", "refused"].includes(channel.state)) channel.join();
    return channel;
  }

  leave(room) {
    this.channel(room)?.leave();
    this.#channels.delete(room);
    this.#follow();
  }

  /** Forgets a room that is closed to this person, with what was read of it. */
  forget(room, { message }) {
    this.#sender.roomRefused(room, message);
    this.channel(room)?.lost();
    this.#channels.delete(room);
    this.#follow();
  }

  /** The same, and keeps the place where it was open. */
  shut(room, refusal) {
    this.forget(room, refusal);
    this.#ensure(room).shut(refusal);
  }

  send(room, texts, about) {
    this.#outbox.addAll(room, texts, about);
    this.#go(room);
  }

  retry(id) {
    const { room } = this.#outbox.get(id) ?? {};
    this.#outbox.retry(id);
    if (room) this.#go(room);
  }

  checkConnection() {
    this.#keepAlive.checkConnection();
  }

  /** Sends what waits; a room that could not be joined is tried again first. */
  #go(room) {
    this.open(room);
    this.#sender.pump(room);
  }

  #follow() {
    this.#connection.follow([...this.#channels.keys()]);
  }

  #ensure(room) {
    if (this.#channels.has(room)) return this.#channels.get(room);
    const channel = new RoomChannel(room, this.#connection);
    this.#channels.set(room, channel);
    channel.on("entries", (entries) => this.#entries(channel, entries));
    channel.on("older", (messages) => this.#older(channel, messages));
    channel.on("people", () => this.emit("room", room));
    channel.on("problem", (error) => this.#problem(channel, error));
    channel.on("state", () => this.#channelIs(channel));
    return channel;
  }

  #entries(channel, entries) {
    this.#sender.confirm(channel.name, entries, this.#userId);
    this.typing.sent(channel.name, entries);
    this.emit("room", channel.name);
  }

  /** What another tab saw stored or deleted holds back nothing here. */
  #outboxIs(room) {
    this.emit("room", room);
    queueMicrotask(() => this.#sender.pump(room));
  }

  /** A page of the past may hold what was stored and never confirmed. */
  #older({ name }, messages) {
    this.#sender.confirm(name, messages, this.#userId);
    this.emit("room", name);
  }

  #channelIs(channel) {
    if (channel.state === "live") {
      this.#connection.joined(channel.name);
      this.#keepAlive.heard(channel);
      this.emit("live", channel);
      this.#sender.pump(channel.name);
    }
    this.emit("room", channel.name);
  }

  #problem({ name, state }, { code, message }) {
    if (state === "refused") this.#sender.roomRefused(name, message);
    if (code === "not_found") this.emit("refused", name);
    else this.#notice(name, code, message);
  }

  #joinAll(rooms) {
    for (const room of rooms) this.channel(room)?.join();
  }

  #lost(rooms) {
    this.#sender.connectionLost(rooms);
    for (const room of rooms) this.channel(room)?.lost();
  }

  #receive(frame) {
    const channel = this.channel(frame.room);
    if (frame.event === "messages") this.#messages(channel, frame.messages);
    else if (frame.event === "presence") channel?.setPeople(frame.online);
    else if (frame.event === "typing") this.typing.hear(frame, this.#userId);
    else if (frame.event === "room" || frame.event === "mood") this.emit(frame.event === "room" ? "about" : "turned", frame);
    else if (frame.event === "removed") this.emit("removed", { room: frame.room, deleted: frame.deleted === true });
    else if (frame.event === "pong") this.#pong(frame.rooms ?? {});
    else if (frame.event === "error" && frame.id) this.#sender.refused(frame);
    else if (frame.event === "error") this.#notice(null, frame.code, frame.message);
  }

  #messages(channel, entries) {
    channel?.receive(entries);
    if (channel?.state === "live") this.#keepAlive.heard(channel);
  }

  /** How far each room was delivered; null is a subscription that the service no longer knows. */
  #pong(rooms) {
    for (const [room, lastSeq] of Object.entries(rooms)) {
      const channel = this.channel(room);
      if (lastSeq !== null) channel?.delivered(lastSeq);
      else if (channel?.state === "live") channel.join();
    }
  }

  /** Tells people what they can do something about; the rest is retried without a word. */
  #notice(room, code, message) {
    if (FOR_PEOPLE.has(code)) this.emit("notice", { room, message });
    else console.info(`Retrying (${code}): ${message}`);
  }
}
