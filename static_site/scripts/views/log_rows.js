/** The rows of the log in the document: a row keeps its element for as long as it is shown, and so its focus and selection. */
export class LogRows {
  #box;
  #build;
  #whereElse;
  #shown = new Map(); // key -> {element, update(row), silence()}, in their order

  /** `build(row)` makes what shows a row; `whereElse` gets the focus of a row that goes away. */
  constructor(box, { build, whereElse }) {
    this.#box = box;
    this.#build = build;
    this.#whereElse = whereElse;
  }

  /** True if nothing is shown that could be read on. */
  get isEmpty() {
    return this.#shown.size === 0 || this.#shown.has("skeleton");
  }

  elementOf(key) {
    return this.#shown.get(key)?.element ?? null;
  }

  clear() {
    this.#shown.clear();
    this.#box.replaceChildren();
  }

  /** Shows these rows. Read aloud is what comes after all that was shown, unless it is `quiet`. */
  show(rows, { quiet = false } = {}) {
    const same = this.#updateSame(rows);
    if (same < this.#shown.size) this.#arrange(rows, quiet);
    else if (same < rows.length) this.#append(rows.slice(same), quiet);
  }

  /** Brings the first rows up to date, as far as they are those that are there; returns how many these are. */
  #updateSame(rows) {
    let same = 0;
    for (const [key, part] of this.#shown) {
      if (rows[same]?.key !== key) break;
      part.update(rows[same]);
      same += 1;
    }
    return same;
  }

  /** What has arrived since, as most often; nothing that is there is looked at. */
  #append(rows, quiet) {
    const parts = rows.map((row) => this.#build(row));
    if (quiet) for (const part of parts) part.silence();
    for (const [index, { key }] of rows.entries()) this.#shown.set(key, parts[index]);
    this.#box.append(...parts.map(({ element }) => element));
  }

  #arrange(rows, quiet) {
    const keys = new Set(rows.map(({ key }) => key));
    for (const [key, { element }] of this.#shown) if (!keys.has(key)) this.#remove(element);
    const shown = new Map();
    let next = this.#box.firstChild;
    for (const row of rows) {
      const known = this.#shown.get(row.key);
      const part = known ?? this.#build(row);
      shown.set(row.key, part);
      if (known) known.update(row);
      else if (quiet || next) part.silence();
      if (part.element === next) next = next.nextSibling;
      else this.#box.insertBefore(part.element, next);
    }
    this.#shown = shown;
  }

  #remove(element) {
    const focused = element.contains(document.activeElement);
    element.remove();
    if (focused) this.#whereElse.focus({ preventScroll: true });
  }
}
