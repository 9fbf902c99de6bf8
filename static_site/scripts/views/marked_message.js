/** Marks one message of the log with a data attribute, also when its row comes into the document later or is made anew. */
export class MarkedMessage {
  #rows;
  #name;
  #seq = null;
  #marked = null; // the row that has the attribute
  #come = new MutationObserver(() => this.#apply());

  /** `rows` holds the log's rows; `name` is that of the attribute, as in `dataset`. */
  constructor(rows, name) {
    this.#rows = rows;
    this.#name = name;
  }

  /** Marks the message at this position, and no other; null marks none. */
  mark(seq) {
    this.#seq = seq;
    this.#come.disconnect();
    if (seq !== null) this.#come.observe(this.#rows, { childList: true });
    this.#apply();
  }

  #apply() {
    const wanted = this.#seq === null ? null : this.#rows.querySelector(`article[data-seq="${this.#seq}"]`);
    if (wanted === this.#marked) return;
    if (this.#marked) delete this.#marked.dataset[this.#name];
    if (wanted) wanted.dataset[this.#name] = "";
    this.#marked = wanted;
  }
}
