const UNKNOWN_LIFE_MS = 3_600_000; // the shortest that a deployment can set

/**
 * How much of its life a token has left, though the computer's clock be wrong by days: its life is what the service said
 * on the service's own clock, and its age what this page has measured since. A computer that slept measured too little,
 * and one whose clock was moved reads too much; the greater age is taken, for a renewal too early does no harm.
 */
export class TokenAge {
  #token;
  #now;
  #beganAt;

  /** `token` is as `received` made it; `ageMs` is its age by now, null if it is known from the computer's clock only. */
  constructor(token, { ageMs = null, now = Date.now } = {}) {
    this.#token = token;
    this.#now = now;
    const read = now() - token.receivedAt;
    this.#beganAt = performance.now() - (ageMs ?? (read >= 0 ? read : Infinity)); // set back since, a clock tells nothing
  }

  /** What is kept of a token that has just come; `serverNow` is the service's time, or null. */
  static received({ token, user, expiresAt }, { serverNow, now = Date.now }) {
    const lifeMs = Date.parse(expiresAt) - (serverNow ?? now());
    const sure = serverNow !== null || (lifeMs > 0 && lifeMs < UNKNOWN_LIFE_MS);
    return { token, user, expiresAt, receivedAt: now(), lifeMs: sure ? Math.max(0, lifeMs) : UNKNOWN_LIFE_MS };
  }

  /** The share of its life that the token has left; 0 or less when it has expired, or may have. */
  left(serverNow) {
    const { lifeMs, receivedAt, expiresAt } = this.#token;
    const ageMs = Math.max(performance.now() - this.#beganAt, this.#now() - receivedAt);
    const told = serverNow === null ? Infinity : Date.parse(expiresAt) - serverNow;
    return lifeMs > 0 ? Math.min(lifeMs - ageMs, told) / lifeMs : 0;
  }
}
