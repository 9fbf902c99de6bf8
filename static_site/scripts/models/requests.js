import { t } from "../lib/i18n.js";


const TIMEOUT_MS = 10_000;

/** The service refused a frame, or the answer did not come. `code` is one of the protocol's, or `timeout`, `lost`, `gateway`. */
export class RequestError extends Error {
  constructor(code, message, retryAfter = null) {
    super(message);
    this.name = "RequestError";
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** Frames that wait for the one answer that repeats their `ref`. */
export class Requests {
  #waiting = new Map();
  #count = 0;

  /** Sends `frame` through `send` with a new `ref`; resolves with the answer, rejects with a RequestError. */
  make(frame, send, timeoutMs = TIMEOUT_MS) {
    this.#count += 1;
    const ref = `${frame.action}-${this.#count}`;
    return new Promise((resolve, reject) => {
      const late = () => this.#fail(ref, new RequestError("timeout", t("service.timeout")));
      this.#waiting.set(ref, { resolve, reject, timer: setTimeout(late, timeoutMs) });
      if (!send({ ...frame, ref })) this.#fail(ref, new RequestError("lost", t("service.lost")));
    });
  }

  /** True if the frame was an answer somebody waited for. */
  settle(frame) {
    if (!this.#waiting.has(frame.ref)) return false;
    if (frame.event === "error") {
      this.#fail(frame.ref, new RequestError(frame.code, frame.message, frame.retryAfter));
    } else {
      this.#take(frame.ref).resolve(frame);
    }
    return true;
  }

  /** Ends all of them: the connection is gone, or the gateway failed one of them without saying which. */
  failAll(code, message) {
    for (const ref of this.#waiting.keys()) this.#fail(ref, new RequestError(code, message));
  }

  #fail(ref, error) {
    this.#take(ref)?.reject(error);
  }

  #take(ref) {
    const waiting = this.#waiting.get(ref);
    this.#waiting.delete(ref);
    clearTimeout(waiting?.timer);
    return waiting;
  }
}
