import { Emitter } from "../lib/emitter.js";
import { t } from "../lib/i18n.js";
import { ApiError } from "./api.js";
import { TokenAge } from "./token_age.js";

const KEY = "session";
const LAST_NAME = "lastName";
const BY_PROVIDER = "byProvider";
const BY_PASSWORD = "byPassword";
const RENEW_SHARE = 0.25; // of a token's life: late enough to be rare, early enough to survive a night offline
const CHECK_INTERVAL_MS = 60_000;

/** The token is no longer good, and only the person can get another one. */
export class SessionEnded extends Error {
  name = "SessionEnded";
}

/** Who is here: the signed token, whose it is, and its renewal before it expires. Shared by all tabs. Emits "ended", "elsewhere", "renewed" and "unended". */
export class Session extends Emitter {
  #api;
  #store;
  #now;
  #current = null;
  #age = null;
  #renewing = null;

  constructor({ api, store, now = Date.now }) {
    super();
    this.#api = api;
    this.#store = store;
    this.#now = now;
    this.#become(store.get(KEY));
    store.onElsewhere((key, value) => key === KEY && this.#changedElsewhere(value));
    setInterval(() => this.#renewInTime(), CHECK_INTERVAL_MS);
  }

  get user() {
    return this.#current?.user ?? null;
  }

  get lastName() {
    return this.#store.get(LAST_NAME, "");
  }

  /** How who is here can come back after signing out: by "provider", with a "password", or not, for a "name" proves nothing. */
  get returns() {
    if (this.#store.get(BY_PROVIDER, false)) return "provider";
    return this.#store.get(BY_PASSWORD, false) ? "password" : "name";
  }

  /** What this browser has learned: whether a password keeps the name. */
  set keptByPassword(kept) {
    this.#store.set(BY_PASSWORD, kept);
  }

  /** Signs in with a name and the `{accessCode, adminCode, password, invite}` that there may be, or with `{oidc}` of a sign-in provider. */
  async start(name, proofs = {}) {
    const answer = await this.#api.createSession({ name, ...proofs });
    this.#store.set(BY_PROVIDER, "oidc" in proofs);
    this.keptByPassword = Boolean(proofs.password);
    this.#keep(answer);
    return answer.user;
  }

  /** A token to show to the service, renewed first if its end is near; only the service knows whether it is still good. */
  async token() {
    if (this.#isDue()) await this.#renewed();
    if (!this.#current) throw new SessionEnded(t("session.none"));
    return this.#current.token;
  }

  /** Asks whether the token is still good; after a refused handshake only this tells the reason. */
  async verify() {
    try {
      const token = await this.token();
      await this.#ending(token, [401], this.#api.rooms(token));
    } catch (error) {
      if (!(error instanceof ApiError || error instanceof SessionEnded)) throw error;
    }
  }

  /** What the service answers to this person's request. */
  async call(method, path, body) {
    const token = await this.token();
    return this.#ending(token, [401], this.#api.call(method, path, { token, body }));
  }

  /** Signs out here at once, and tells the service; "unended" says that it could not be told. `everywhere` ends all sessions, and only if the service did. */
  async leave({ everywhere = false } = {}) {
    const token = this.#current?.token;
    if (everywhere) await this.call("DELETE", "/session?all=true");
    if (this.#current) this.#end("left"); // unless the answer said that it had ended
    try {
      if (token && !everywhere) await this.#api.endSession(token);
    } catch (error) {
      if (error.status !== 401) this.emit("unended", error.message); // 401: it had ended already
    }
  }

  #isDue() {
    return this.#current !== null && this.#age.left(this.#serverNow()) < RENEW_SHARE;
  }

  /** One renewal, however many ask for it. */
  #renewed() {
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = null;
    });
    return this.#renewing;
  }

  async #renew() {
    const { token, user } = this.#current;
    try {
      this.#keep(await this.#ending(token, [401, 403, 409], this.#api.createSession({ name: user.name, token })));
      this.emit("renewed");
    } catch (error) {
      if (error instanceof SessionEnded) throw error;
      console.info("The session was not renewed; trying again later.", error.message);
    }
  }

  /** The answer to a request with a token; a refusal with one of these statuses ends the session, unless it goes on with another token. */
  async #ending(token, statuses, answer) {
    try {
      return await answer;
    } catch (error) {
      if (!statuses.includes(error.status) || this.#current?.token !== token) throw error;
      this.#end("expired");
      throw new SessionEnded(t("session.expired"), { cause: error });
    }
  }

  #renewInTime() {
    if (this.#isDue()) this.#renewed().catch((error) => console.info(error.message));
  }

  #keep(answer) {
    this.#become(TokenAge.received(answer, { serverNow: this.#serverNow(), now: this.#now }), { ageMs: 0 });
    this.#store.set(KEY, this.#current);
    this.#store.set(LAST_NAME, answer.user.name);
  }

  #become(current, { ageMs = null } = {}) {
    this.#current = current;
    this.#age = current && new TokenAge(current, { ageMs, now: this.#now });
  }

  #serverNow() {
    return this.#api.clock?.now() ?? null;
  }

  #changedElsewhere(value) {
    const same = value && value.user.id === this.user?.id;
    this.#become(value, { ageMs: 0 });
    this.emit(same ? "renewed" : "elsewhere");
  }

  #end(reason) {
    this.#become(null);
    this.#store.remove(KEY);
    this.emit("ended", reason);
  }
}
