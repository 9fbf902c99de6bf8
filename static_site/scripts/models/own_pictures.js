const MOST = 40; // as many as are on a screen; beyond, the service has them like anybody else's

/** The pictures that this page uploaded and still has itself: the newest ones, for each keeps its bytes in memory until its address ends. */
export class OwnPictures {
  #addresses = new Map(); // by the id of the file, the oldest first
  #urls;

  /** `urls` makes and ends addresses, as `URL` does. */
  constructor(urls = URL) {
    this.#urls = urls;
  }

  keep(id, blob) {
    this.drop(id);
    this.#addresses.set(id, this.#urls.createObjectURL(blob));
    if (this.#addresses.size > MOST) this.drop(this.#addresses.keys().next().value);
  }

  /** The address of a picture, or undefined. Where it is shown already it stays, even when its address ends. */
  of(id) {
    return this.#addresses.get(id);
  }

  drop(id) {
    if (!this.#addresses.has(id)) return;
    this.#urls.revokeObjectURL(this.#addresses.get(id));
    this.#addresses.delete(id);
  }

  forget() {
    for (const id of this.#addresses.keys()) this.drop(id); // what is deleted on the way does not disturb a map's keys
  }
}
