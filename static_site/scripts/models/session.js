import { Emitter } from "../lib/emitter.js";
import { ApiError } from "./api.js";

const KEY = "session";
const LAST_NAME = "lastName";
const RENEW_SHARE = 0.25; // of a token's life: late enough to be rare, early enough to survive a night offline
const CHECK_INTERVAL_MS = 60_000;

/** The token is no longer good, and only the person can get another one. */
export class SessionEnded extends Error {
  name = "SessionEnded";
}

/** Who is here: the signed token, whose it is, and its renewal before it expires. Shared by all tabs. */
export class Session extends Emitter {
  #api;
  #store;
  #now;
  #current;

  constructor({ api, store, now = Date.now }) {
    super();
    this.#api = api;
    this.#store = store;
    this.#now = now;
    this.#current = store.get(KEY);
    store.onElsewhere((key, value) => key === KEY && this.#changedElsewhere(value));
    setInterval(() => this.#renewInTime(), CHECK_INTERVAL_MS);
  }

  get user() {
    return this.#current?.user ?? null;
  }

  get lastName() {
    return this.#store.get(LAST_NAME, "");
  }

  async start(name, accessCode) {
    const answer = await this.#api.createSession({ name, accessCode });
    this.#keep(answer);
    return answer.user;
  }

  /** A token to show to the service, renewed first if its end is near. */
  async token() {
    if (!this.#current) throw new SessionEnded("Nobody has joined yet.");
    if (this.#remaining() < RENEW_SHARE) await this.#renew();
    return this.#current.token;
  }

  /** Asks whether the token is still good; after a refused handshake only this tells the reason. */
  async verify() {
    try {
      await this.#api.rooms(await this.token());
    } catch (error) {
      if (error.status === 401) this.#end("expired");
      else if (!(error instanceof ApiError || error instanceof SessionEnded)) throw error;
    }
  }

  leave() {
    this.#end("left");
  }

  /** The share of its life that the token has left; 0 or less when it has expired. */
  #remaining() {
    const ends = Date.parse(this.#current.expiresAt);
    return (ends - this.#now()) / (ends - this.#current.startedAt || 1);
  }

  async #renew() {
    const { token, user } = this.#current;
    try {
      this.#keep(await this.#api.createSession({ name: user.name, token }));
    } catch (error) {
      const refused = [401, 403, 409].includes(error.status);
      if (refused) this.#end("expired");
      if (refused) throw new SessionEnded("The session has expired.", { cause: error });
      if (this.#remaining() <= 0) throw error; // it may still be renewed when the service can be reached
    }
  }

  #renewInTime() {
    if (!this.#current || this.#remaining() >= RENEW_SHARE) return;
    this.#renew().catch((error) => console.info("The session was not renewed; trying again later.", error.message));
  }

  #keep({ token, user, expiresAt }) {
    this.#current = { token, user, expiresAt, startedAt: this.#now() };
    this.#store.set(KEY, this.#current);
    this.#store.set(LAST_NAME, user.name);
  }

  #changedElsewhere(value) {
    const same = value && value.user.id === this.user?.id;
    this.#current = value;
    if (!same) this.emit("elsewhere");
  }

  #end(reason) {
    this.#current = null;
    this.#store.remove(KEY);
    this.emit("ended", reason);
  }
}
