const KEPT = "undertone.shared"; // as the service worker calls it
const ABOUT = "about";
const FORGOTTEN_AFTER_MS = 24 * 3600 * 1000;

/** What other apps have shared with the page, from where the service worker puts it. `storage` is the browser's `caches`, or nothing. */
export class Shared {
  #storage;
  #now;

  constructor(storage = globalThis.caches, now = Date.now) {
    this.#storage = storage;
    this.#now = now;
  }

  /** The last that was shared, `{text, files}`, once; or null. */
  async take() {
    // A browser that blocks site data keeps nothing, and says so by an error.
    if (!(await this.#storage?.has(KEPT).catch(() => false))) return null;
    const cache = await this.#storage.open(KEPT);
    const about = await (await cache.match(ABOUT))?.json();
    const files = await Promise.all((about?.files ?? []).map((file) => read(cache, file)));
    await this.forget();
    return about && this.#now() - about.at < FORGOTTEN_AFTER_MS ? { text: sharedText(about), files } : null;
  }

  async forget() {
    await this.#storage?.delete(KEPT).catch(() => false);
  }
}

async function read(cache, { key, name, type }) {
  const response = await cache.match(key);
  return new File([await response.blob()], name, { type });
}

/** One text of the three that apps share, of which each puts the address elsewhere and some say the same twice. */
export function sharedText({ title = "", text = "", url = "" }) {
  const parts = [];
  for (const part of [url, text, title].map((one) => one.trim())) {
    if (part !== "" && !parts.some((other) => other.includes(part))) parts.unshift(part);
  }
  return parts.filter((part, index) => !parts.some((other, at) => at !== index && other.includes(part))).join("\n");
}
