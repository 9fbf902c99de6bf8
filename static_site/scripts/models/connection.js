import { Emitter } from "../lib/emitter.js";
import { t } from "../lib/i18n.js";
import { Backoff } from "./backoff.js";
import { Requests } from "./requests.js";
import { refusalWords } from "./refusals.js";
import { SessionEnded } from "./session.js";

const OPENING_TIMEOUT_MS = 15_000;
const ANSWER_TIMEOUT_MS = 10_000;
const STEADY_AFTER_MS = 5_000; // only a connection that has lasted counts as a success for the backoff

/**
 * One WebSocket that comes back by itself. `state` is "connecting", "online" or "offline"; while offline, `retryAt`
 * is the time of the next try, as `performance.now()` counts. Emits "state", "frame" and "gatewayError".
 */
export class Connection extends Emitter {
  state = "offline";
  retryAt = null;
  #address;
  #afterRefusal;
  #mark;
  #backoff = new Backoff();
  #requests = new Requests();
  #socket = null;
  #wanted = false;
  #retryTimer = null;
  #answerTimer = null;
  #steadyTimer = null;

  /** `address` resolves with the URL including the token; `afterRefusal` finds out why a handshake failed. */
  constructor({ address, afterRefusal, mark = (frame) => frame }) {
    super();
    this.#mark = mark;
    this.#address = address;
    this.#afterRefusal = afterRefusal;
  }

  start() {
    this.#wanted = true;
    this.#backoff.reset();
    this.#connect();
  }

  stop() {
    this.#wanted = false;
    clearTimeout(this.#retryTimer);
    this.#drop();
    this.#become("offline");
  }

  /** Opens anew, with another token: the service closes a connection when the token that opened it ends. */
  openAnew() {
    if (this.state !== "online") return;
    this.#drop();
    this.#connect();
  }

  retryNow() {
    if (this.#wanted && this.state === "offline") this.#connect();
  }

  /** False if there is no connection to send through. */
  send(frame) {
    if (this.state !== "online") return false;
    this.#socket.send(JSON.stringify(this.#mark(frame)));
    return true;
  }

  request(frame) {
    return this.#requests.make(frame, (withRef) => this.send(withRef));
  }

  /** Sends a frame that must be answered: silence means that the connection is dead although it looks open. */
  probe(frame, timeoutMs = ANSWER_TIMEOUT_MS) {
    if (!this.send(frame)) return;
    this.#answerTimer ??= setTimeout(() => this.#lose(), timeoutMs);
  }

  async #connect() {
    clearTimeout(this.#retryTimer);
    this.#become("connecting");
    try {
      const address = await this.#address();
      if (this.#wanted && this.state === "connecting" && !this.#socket) this.#open(address);
    } catch (error) {
      if (error instanceof SessionEnded) this.stop();
      else this.#retryLater();
    }
  }

  #open(address) {
    const socket = new WebSocket(address);
    this.#socket = socket;
    const tooLate = setTimeout(() => socket.close(), OPENING_TIMEOUT_MS);
    let opened = false;
    socket.addEventListener("open", () => {
      opened = true;
      clearTimeout(tooLate);
      this.#steadyTimer = setTimeout(() => this.#backoff.reset(), STEADY_AFTER_MS);
      this.#become("online");
    });
    socket.addEventListener("message", ({ data }) => socket === this.#socket && this.#receive(data));
    socket.addEventListener("close", async () => {
      clearTimeout(tooLate);
      if (socket !== this.#socket) return;
      this.#lose();
      if (!opened) await this.#afterRefusal();
    });
  }

  #receive(data) {
    clearTimeout(this.#answerTimer);
    this.#answerTimer = null;
    const frame = this.#parse(data);
    if (!frame) return;
    if (frame.event === "error") frame.message = refusalWords(frame);
    if (frame.event === undefined) {
      this.#requests.failAll("gateway", t("service.gateway"));
      this.emit("gatewayError", frame);
    } else if (!this.#requests.settle(frame)) {
      this.emit("frame", frame);
    }
  }

  #parse(data) {
    try {
      return JSON.parse(data);
    } catch {
      console.warn("A frame that is not JSON was ignored:", String(data).slice(0, 200));
      return null;
    }
  }

  #lose() {
    this.#drop();
    this.#retryLater();
  }

  #retryLater() {
    if (!this.#wanted) return;
    const delayMs = this.#backoff.next();
    this.#retryTimer = setTimeout(() => this.#connect(), delayMs);
    this.#become("offline", performance.now() + delayMs);
  }

  #drop() {
    clearTimeout(this.#answerTimer);
    clearTimeout(this.#steadyTimer);
    this.#answerTimer = null;
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#requests.failAll("lost", t("service.lost"));
  }

  #become(state, retryAt = null) {
    this.state = state;
    this.retryAt = retryAt;
    this.emit("state", state);
  }
}
