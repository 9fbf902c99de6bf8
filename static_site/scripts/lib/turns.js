/** Lets work with one key be done one after the other: in this tab, and in all tabs if the browser has locks for them. */
export class Turns {
  #last = new Map();

  /** Does `work` after what took its turn before, however that ended; resolves or rejects as it does. */
  take(key, work) {
    const before = this.#last.get(key) ?? Promise.resolve();
    const turn = before.then(() => alone(key, work));
    const ended = turn.then(nothing, nothing).then(() => this.#last.get(key) === ended && this.#last.delete(key));
    this.#last.set(key, ended);
    return turn;
  }
}

/** The locks are missing on plain http and refused where site data are blocked; then this tab's order must do. */
async function alone(key, work) {
  let begun = false;
  const begin = () => {
    begun = true;
    return work();
  };
  try {
    return await navigator.locks.request(`undertone ${key}`, begin);
  } catch (error) {
    if (begun) throw error;
    return work();
  }
}

function nothing() {}
