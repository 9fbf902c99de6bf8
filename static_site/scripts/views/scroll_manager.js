const NEAR_BOTTOM_PX = 48; // pixels from the bottom that still count as being there

/** Keeps the scroll position: at the bottom if it is there, otherwise with the first visible message in its place. */
export class ScrollManager {
  #scroller;
  #rows;
  #onMove;
  #atBottom = true;

  constructor(scroller, rows, onMove) {
    this.#scroller = scroller;
    this.#rows = rows;
    this.#onMove = onMove;
    scroller.addEventListener("scroll", () => this.#moved(), { passive: true });
    const resized = new ResizeObserver(() => this.#atBottom && this.toBottom());
    resized.observe(scroller);
    resized.observe(rows);
  }

  get atBottom() {
    return this.#atBottom;
  }

  get nearTop() {
    return this.#scroller.scrollTop < this.#scroller.clientHeight;
  }

  toBottom() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#atBottom = true;
  }

  /** Scrolls by so many pixels, to another place than where the reader is. */
  moveBy(pixels) {
    this.#scroller.scrollTop += pixels;
    this.#moved();
  }

  /** Runs `change`, which may add rows anywhere, without moving what the reader looks at. */
  hold(change) {
    const anchor = this.#atBottom ? null : this.#firstVisible();
    const before = anchor?.getBoundingClientRect().top;
    change();
    if (!anchor) this.toBottom();
    else if (anchor.isConnected) this.#scroller.scrollTop += anchor.getBoundingClientRect().top - before;
  }

  /** Runs `change`, which the reader asked for: `anchor` stays in its place, then the log scrolls by so many pixels. */
  keep(anchor, change, by = 0) {
    const before = anchor.getBoundingClientRect().top;
    change();
    this.#scroller.scrollTop += anchor.getBoundingClientRect().top - before + by;
    this.#moved();
  }

  #firstVisible() {
    const top = this.#scroller.getBoundingClientRect().top;
    const rows = this.#rows.children;
    let low = 0;
    let high = rows.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rows[middle].getBoundingClientRect().bottom > top) high = middle;
      else low = middle + 1;
    }
    let row = rows[low] ?? null;
    while (row && !row.dataset.seq) row = row.nextElementSibling; // separators move as rows come and go
    return row;
  }

  #moved() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    this.#atBottom = scrollHeight - clientHeight - scrollTop <= NEAR_BOTTOM_PX;
    this.#onMove();
  }
}
