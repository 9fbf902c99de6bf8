import { PingSchedule } from "./ping_schedule.js";

const CHECK_TIMEOUT_MS = 4_000; // for an answer after the page was away or the network changed
const OFFLINE_CHECK_TIMEOUT_MS = 2_000; // for an answer after the browser said that there is no network

/** Keeps the connection alive and finds lost pushes: one ping for all rooms, when `PingSchedule` says so. */
export class KeepAlive {
  #connection;
  #attention;
  #liveChannels;
  #schedule = new PingSchedule();
  #timer = null;
  #running = false;

  /** `liveChannels` returns the channels of the rooms that are joined. */
  constructor({ connection, attention, liveChannels }) {
    this.#connection = connection;
    this.#attention = attention;
    this.#liveChannels = liveChannels;
    attention.on("look", () => this.#running && this.#look());
    attention.on("wake", () => this.#running && this.checkConnection());
  }

  start() {
    this.#running = true;
    this.#arm();
  }

  stop() {
    this.#running = false;
    clearTimeout(this.#timer);
  }

  /** A frame has come for a room: if nothing is missing before it, no ping need ask. */
  heard({ name, log }) {
    if (!log.hasGap) this.#schedule.heard(name, performance.now());
  }

  /** The network may have changed: a dead connection is found within seconds, a waiting one tries at once. */
  checkConnection() {
    this.#connection.retryNow();
    this.#ping(navigator.onLine ? CHECK_TIMEOUT_MS : OFFLINE_CHECK_TIMEOUT_MS);
  }

  /** Something was not answered that should have been: asks whether the connection is alive, and gives a slow service its time. */
  doubt() {
    this.#ping();
  }

  #look() {
    this.#connection.retryNow();
    if (this.#schedule.isStale(this.#rooms(), performance.now())) this.#ping(CHECK_TIMEOUT_MS);
    else this.#arm();
  }

  #ping(timeoutMs) {
    const channels = this.#liveChannels();
    const rooms = Object.fromEntries(channels.map(({ name, log }) => [name, log.cursor]));
    this.#connection.probe(channels.length > 0 ? { action: "ping", rooms } : { action: "ping" }, timeoutMs);
    this.#schedule.asked(this.#rooms(), performance.now(), this.#attention.looking);
    this.#arm();
  }

  #arm() {
    clearTimeout(this.#timer);
    if (this.#running) this.#timer = setTimeout(() => this.#due(), this.#waitMs());
  }

  #due() {
    if (this.#waitMs() > 0) this.#arm();
    else this.#ping();
  }

  #waitMs() {
    return this.#schedule.wait(this.#rooms(), performance.now(), this.#attention.looking);
  }

  #rooms() {
    return this.#liveChannels().map(({ name }) => name);
  }
}
