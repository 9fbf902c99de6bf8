/** A list that the service gives page by page. `fetchPage(last)` resolves with `{items, more}`; `last` is undefined for the first one. */
export class PagedList {
  items = [];
  more = false;
  #fetchPage;
  #generation = 0;

  constructor(fetchPage) {
    this.#fetchPage = fetchPage;
  }

  /** Loads the first page anew; what was there stays until it has come. */
  load() {
    return this.#take(undefined, () => []);
  }

  /** Loads the page after what is there. */
  next() {
    return this.#take(this.items.at(-1), () => this.items);
  }

  /** An answer that a later request has overtaken changes nothing. */
  async #take(last, kept) {
    this.#generation += 1;
    const generation = this.#generation;
    const { items, more } = await this.#fetchPage(last);
    if (generation !== this.#generation) return;
    this.items = [...kept(), ...items];
    this.more = more;
  }
}
