const SPARE_MS = 30_000; // so that an address does not end between being had and being used

/** Where files can be had: asked for when one is shown, and again when the address has ended. `ask(room, id)` resolves with `{url, expiresAt}`. */
export class FileAddresses {
  #ask;
  #now;
  #known = new Map();

  constructor(ask, now) {
    this.#ask = ask;
    this.#now = now;
  }

  /** The address of a file; several who want it at once ask once. */
  async of(room, id) {
    const key = `${room} ${id}`;
    const known = this.#known.get(key);
    if (known && known.until > this.#now()) return (await known.answer).url;
    const entry = { answer: this.#ask(room, id), until: Number.POSITIVE_INFINITY };
    this.#known.set(key, entry);
    try {
      const { url, expiresAt } = await entry.answer;
      entry.until = Date.parse(expiresAt) - SPARE_MS;
      return url;
    } catch (error) {
      this.#known.delete(key);
      throw error;
    }
  }

  /** An address that works from now on, whatever was known: the one before was refused. */
  anew(room, id) {
    this.#known.delete(`${room} ${id}`);
    return this.of(room, id);
  }

  forget() {
    this.#known.clear();
  }
}
