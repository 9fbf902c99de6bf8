const NAMED = 100; // as many as the service tells at once

/** What people are called, by their ids, as far as it is known. */
export class PeopleNames {
  #names = new Map();
  #find;

  /** `find(prefix, limit)` resolves with `{people}`. */
  constructor(find) {
    this.#find = find;
  }

  learn(people) {
    for (const { id, name } of people) this.#names.set(id, name);
  }

  /** The name of somebody; undefined if it is not known. */
  of(id) {
    return this.#names.get(id);
  }

  /** Asks for the names of people, unless all of them are known. */
  async ask(ids) {
    if (ids.some((id) => !this.#names.has(id))) this.learn((await this.#find("", NAMED)).people);
  }
}
