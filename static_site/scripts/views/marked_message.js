/** Marks one message of the log with a data attribute, also when its row comes into the document later or is made anew. */
export class MarkedMessage {
  #rows;
  #name;
  #seq = null;

  /** `rows` holds the log's rows; `name` is that of the attribute, as in `dataset`. */
  constructor(rows, name) {
    this.#rows = rows;
    this.#name = name;
    new MutationObserver(() => this.#apply()).observe(rows, { childList: true });
  }

  /** Marks the message at this position, and no other; null marks none. */
  mark(seq) {
    this.#seq = seq;
    this.#apply();
  }

  #apply() {
    const wanted = this.#seq === null ? null : this.#rows.querySelector(`article[data-seq="${this.#seq}"]`);
    for (const row of this.#rows.querySelectorAll("article")) if (row !== wanted) delete row.dataset[this.#name];
    if (wanted && wanted.dataset[this.#name] === undefined) wanted.dataset[this.#name] = "";
  }
}
