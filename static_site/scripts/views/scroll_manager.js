const NEAR_BOTTOM_PX = 48; // pixels from the bottom that still count as being there

/** Keeps the scroll position: at the bottom if it is there, otherwise with the first visible message in its place. */
export class ScrollManager {
  #scroller;
  #rows;
  #onMove;
  #isWhole;
  #low = true;
  #height = 0; // of the log's window, as this knows it
  #top = 0; // where the reader, or this, has left it
  #direction = 0;
  #noted = null; // the place of which whoever listens knows

  /** `onMove()` hears that the log was scrolled; `isWhole()` says if the newest message is among the rows. */
  constructor(scroller, rows, { onMove, isWhole }) {
    this.#scroller = scroller;
    this.#rows = rows;
    this.#onMove = onMove;
    this.#isWhole = isWhole;
    scroller.addEventListener("scroll", () => this.#moved(), { passive: true });
    const resized = new ResizeObserver(() => this.#resized());
    resized.observe(scroller);
    resized.observe(rows);
  }

  /** True if the newest message is in sight, and shall stay there. */
  get atBottom() {
    return this.#low && this.#isWhole();
  }

  /** Where the reader went last: up (-1), down (1), or to a place that the page chose (0). */
  get direction() {
    return this.#direction;
  }

  /**
   * Whether the reader is near the top and the bottom: by one window's height, or less if there is not much to scroll, so that
   * it is never near both.
   */
  get near() {
    if (this.atBottom && this.#top > NEAR_BOTTOM_PX) return { top: false, bottom: true }; // as for most messages that come, and asks the browser nothing
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    const below = scrollHeight - clientHeight - scrollTop;
    const nearPx = Math.min(clientHeight, (below + scrollTop) / 2);
    return { top: scrollTop <= nearPx, bottom: below <= nearPx };
  }

  toBottom() {
    this.#scrollTo(this.#scroller.scrollHeight);
    this.#low = true;
    this.#direction = 0;
  }

  /** Scrolls by so many pixels, to another place than where the reader is. */
  moveBy(pixels) {
    this.#scrollTo(this.#scroller.scrollTop + pixels);
    this.#direction = 0;
    this.#moved();
  }

  /** Puts an element into the middle. */
  toMiddle(element) {
    element.scrollIntoView({ block: "center" });
    this.#scrollTo(this.#scroller.scrollTop);
    this.#low = this.#isLow();
    this.#direction = 0;
  }

  /** Whoever listens has looked at this place: they need not hear that the page itself has scrolled there. */
  noted() {
    this.#noted = this.#top;
  }

  /** Runs `change`, which may add and remove rows anywhere, without moving what the reader looks at. */
  hold(change) {
    const anchor = this.atBottom ? null : this.#firstVisible();
    const before = anchor?.getBoundingClientRect().top;
    change();
    if (!anchor) this.toBottom();
    else if (anchor.isConnected) this.#scrollTo(this.#scroller.scrollTop + anchor.getBoundingClientRect().top - before);
  }

  /** Runs `change`, which the reader asked for: `anchor` stays in its place, then the log scrolls by so many pixels. */
  keep(anchor, change, by = 0) {
    const before = anchor.getBoundingClientRect().top;
    change();
    this.#scrollTo(this.#scroller.scrollTop + anchor.getBoundingClientRect().top - before + by);
    this.#moved();
  }

  /** The `seq` of the message that the reader looks at, or null at the bottom. */
  get lookedAt() {
    return this.atBottom ? null : Number(this.#firstVisible()?.dataset.seq ?? 0);
  }

  #scrollTo(top) {
    this.#scroller.scrollTop = top;
    this.#top = this.#scroller.scrollTop;
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

  #resized() {
    this.#height = this.#scroller.clientHeight;
    if (this.atBottom) this.toBottom();
  }

  #isLow() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    return scrollHeight - clientHeight - scrollTop <= NEAR_BOTTOM_PX;
  }

  /** A log that became lower or taller has not been left by its reader, wherever that has scrolled it. */
  #moved() {
    if (this.#height !== this.#scroller.clientHeight && this.atBottom) this.#resized();
    const { scrollTop } = this.#scroller;
    const low = this.#isLow();
    if (scrollTop === this.#top && scrollTop === this.#noted && low === this.#low) return;
    if (scrollTop !== this.#top) this.#direction = Math.sign(scrollTop - this.#top);
    this.#top = scrollTop;
    this.#low = low;
    this.#onMove();
  }
}
