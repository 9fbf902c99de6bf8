const PREFIX = "searches.";
const KEPT = 10;

/** What somebody searched for last in this browser, the latest first. `owner()` is the id of who is signed in. */
export class EarlierSearches {
  #store;
  #owner;

  constructor(store, owner) {
    this.#store = store;
    this.#owner = owner;
  }

  get all() {
    return this.#store.get(this.#key, []);
  }

  /** Remembers a search; the same words again, whatever their case, move to the beginning. */
  add(query) {
    const words = query.trim();
    if (words !== "") this.#keep([words, ...this.#without(words)].slice(0, KEPT));
  }

  remove(query) {
    this.#keep(this.#without(query));
  }

  clear() {
    this.#store.remove(this.#key);
  }

  /** Forgets those of everybody who signed in in this browser. */
  forget() {
    for (const key of this.#store.keys(PREFIX)) this.#store.remove(key);
  }

  get #key() {
    return PREFIX + this.#owner();
  }

  #without(query) {
    return this.all.filter((one) => one.toLowerCase() !== query.toLowerCase());
  }

  #keep(searches) {
    if (searches.length > 0) this.#store.set(this.#key, searches);
    else this.clear();
  }
}
