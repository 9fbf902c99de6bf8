const TIMEOUT_MS = 12_000;

/** Small pictures, had once and kept by this browser: what an id names never changes. Without a cache they last as long as the page. */
export class KeptPictures {
  #cache;
  #most;
  #urls = new Map(); // id -> promise of an address in this page

  /** `cache` is what the browser calls them, `most` how many it keeps. */
  constructor({ cache, most }) {
    this.#cache = cache;
    this.#most = most;
  }

  /** An address of this page for the picture with this id, which can be had at `url` for a while. */
  of(id, url) {
    if (!this.#urls.has(id)) {
      const address = this.#blob(id, url).then((blob) => URL.createObjectURL(blob));
      this.#urls.set(id, address);
      address.catch(() => this.#urls.delete(id));
    }
    return this.#urls.get(id);
  }

  /** Nothing of them stays in this browser. */
  forget() {
    for (const address of this.#urls.values()) address.then((url) => URL.revokeObjectURL(url)).catch(() => {});
    this.#urls.clear();
    globalThis.caches?.delete(this.#cache).catch(() => {});
  }

  async #blob(id, url) {
    const cache = await globalThis.caches?.open(this.#cache).catch(() => null);
    const key = new URL(`pictures/${encodeURIComponent(id)}`, location.href).href;
    const kept = await cache?.match(key);
    if (kept) return kept.blob();
    const response = await fetch(url, { credentials: "omit", referrerPolicy: "no-referrer", signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) throw new Error(`A picture answered ${response.status}; 200 was expected.`);
    if (cache) await keep(cache, key, response.clone(), this.#most).catch(() => {}); // a full disk is no reason to show none
    return response.blob();
  }
}

async function keep(cache, key, response, most) {
  await cache.put(key, response);
  const keys = await cache.keys(); // the oldest first
  await Promise.all(keys.slice(0, Math.max(0, keys.length - most)).map((old) => cache.delete(old)));
}
