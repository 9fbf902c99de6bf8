import { t } from "../lib/i18n.js";
import { refusalWords } from "./refusals.js";
import { ServerClock } from "./server_clock.js";

const TIMEOUT_MS = 12_000;

/** A refusal of the REST API, or `unreachable` if no answer came. `message` is a sentence for people, `detail` the service's own. */
export class ApiError extends Error {
  constructor(code, message, { status = 0, retryAfter = null, detail = "", kept = false } = {}) {
    super(message);
    this.name = "ApiError";
    this.code = code;
    this.status = status;
    this.retryAfter = retryAfter;
    this.detail = detail;
    this.kept = kept; // of a name that is taken: with a password, which lets its owner in
  }
}

/** The REST half of the protocol; `clock` has the service's time. */
export class Api {
  clock = new ServerClock();
  #base;

  constructor(base) {
    this.#base = base;
  }

  /**
   * A session for `name`, with the `accessCode`, `adminCode`, `password` or `invite` that there may be; for whom a sign-in provider
   * names with `oidc`; with the `token` of a session that is still valid, its renewal.
   */
  createSession({ token, ...asked }) {
    const given = Object.entries(asked).filter(([, value]) => value);
    return this.call("POST", "/session", { token, body: Object.fromEntries(given) });
  }

  /** Ends the session of a token: from then on it is worth nothing. */
  endSession(token) {
    return this.call("DELETE", "/session", { token });
  }

  async rooms(token) {
    return (await this.call("GET", "/rooms", { token })).rooms;
  }

  /** What the live sentiment model is, how good it is, and where its report is; anybody may ask. */
  model() {
    return this.call("GET", "/model");
  }

  /** The answer to any request of the API, or an ApiError. */
  async call(method, path, { token, body } = {}) {
    const headers = { Accept: "application/json" };
    if (token) headers.Authorization = `Bearer ${token}`;
    if (body) headers["Content-Type"] = "application/json";
    const request = { method, headers, body: body && JSON.stringify(body), cache: "no-store" };
    const response = await this.#reach(this.#base + path, request);
    this.clock.hear(response.headers.get("Date"));
    const answer = await read(response);
    if (response.ok) return answer;
    throw new ApiError(
      answer.code ?? "unavailable",
      answer.message ? refusalWords(answer) : t("service.answered", { status: String(response.status) }),
      { status: response.status, detail: answer.message, kept: answer.kept, retryAfter: answer.retryAfter ?? Number(response.headers.get("Retry-After")) },
    );
  }

  async #reach(url, request) {
    try {
      return await fetch(url, { ...request, signal: AbortSignal.timeout(TIMEOUT_MS) });
    } catch (error) {
      throw unreachable(error);
    }
  }
}

/** What an answer says; nothing, for one without words. One that is cut off, or from somebody else such as a hotel's network, is none. */
async function read(response) {
  try {
    const text = await response.text();
    return text === "" ? {} : JSON.parse(text);
  } catch (error) {
    if (response.ok) throw unreachable(error);
    return {};
  }
}

function unreachable(cause) {
  return Object.assign(new ApiError("unreachable", t("service.unreachable")), { cause });
}
